drop table llm_callback_rollups;
delete from llm_callback_followers where name = 'rollups';

delete from callboard_migrations where name = '0038_add_rollups';
