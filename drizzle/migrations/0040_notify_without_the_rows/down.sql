drop trigger llm_callbacks_notify_feed on llm_callbacks;

create or replace function llm_callbacks_notify_feed() returns trigger
  language plpgsql
  set search_path = ''
as $$
begin
  if exists (select 1 from inserted) then
    perform pg_catalog.pg_notify('llm_callbacks', '');
  end if;
  return null;
end
$$;

create trigger llm_callbacks_notify_feed
  after insert on llm_callbacks
  referencing new table as inserted
  for each statement execute function llm_callbacks_notify_feed();

delete from callboard_migrations where name = '0040_notify_without_the_rows';
