drop table llm_callback_tombstones;

delete from callboard_migrations where name = '0034_add_llm_callback_tombstones';
