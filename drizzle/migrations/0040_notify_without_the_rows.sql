-- The feed's hint costs the same for a batch of any size. Plain SQL: also runs as it is in Supabase's SQL editor.

create table if not exists callboard_migrations (
  name text primary key,
  applied_at timestamptz not null default now()
);
alter table callboard_migrations enable row level security;

drop trigger llm_callbacks_notify_feed on llm_callbacks;

-- A hint that there may be something to read after the last cursor, once a batch, delivered at commit. A batch of retries alone sends
-- one too, and costs its readers a look; to tell them apart, PostgreSQL would copy every row that is inserted.
create or replace function llm_callbacks_notify_feed() returns trigger
  language plpgsql
  set search_path = ''
as $$
begin
  perform pg_catalog.pg_notify('llm_callbacks', '');
  return null;
end
$$;

create trigger llm_callbacks_notify_feed
  after insert on llm_callbacks
  for each statement execute function llm_callbacks_notify_feed();

insert into callboard_migrations (name) values ('0040_notify_without_the_rows');
