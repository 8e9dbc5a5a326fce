drop table llm_callback_views;
drop table llm_callback_read_marks;
drop table llm_callback_feed;
drop table llm_callbacks;

drop function llm_callbacks_take_feed_turn();
drop function llm_callbacks_notify_feed();
drop function llm_callbacks_touch_updated_at();

delete from callboard_migrations where name = '0031_add_llm_callbacks_tables';
