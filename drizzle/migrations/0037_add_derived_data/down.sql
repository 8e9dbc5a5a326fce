drop table llm_callback_search;
drop table llm_callback_followers;

delete from callboard_migrations where name = '0037_add_derived_data';
