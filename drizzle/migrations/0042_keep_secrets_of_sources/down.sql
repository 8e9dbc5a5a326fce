drop trigger source_secrets_revision on source_secrets;
drop trigger sources_revision on sources;
drop function callboard_count_source_revision();
drop table source_revision;
drop table rejected_delivery_captures;
drop table source_secret_uses;
-- Without their seal these are unknown, and what the environment holds is entered again at the next start.
delete from source_secrets where sealed is not null;
alter table source_secrets drop column revoked_at, drop column expires_at, drop column sealed, drop column hint, drop column name;
alter table sources drop column debug_until, drop column updated_at, drop column settings;

delete from callboard_migrations where name = '0042_keep_secrets_of_sources';
