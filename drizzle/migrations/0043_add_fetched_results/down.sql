drop table llm_callback_results;
delete from llm_callback_followers where name = 'results';
alter table sources drop column api_key_since, drop column api_key;

delete from callboard_migrations where name = '0043_add_fetched_results';
