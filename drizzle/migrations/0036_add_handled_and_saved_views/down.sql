drop index llm_callbacks_signature_scheme_seq_idx;
drop index llm_callbacks_source_seq_idx;
drop table saved_views;
alter table llm_callback_read_marks drop column moved_from_seq;
alter table llm_callback_read_marks drop column marking_id;
drop table llm_callback_unviewed;
drop index llm_callback_views_marking_id_idx;
drop index llm_callback_views_admin_user_id_seq_key;
alter table llm_callback_views drop column marking_id;
alter table llm_callback_views drop column seq;
drop table llm_callback_handled;

delete from callboard_migrations where name = '0036_add_handled_and_saved_views';
