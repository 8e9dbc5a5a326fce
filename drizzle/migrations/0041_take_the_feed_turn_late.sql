-- A long row may be written before its turn in the feed is taken. Plain SQL: also runs as it is in Supabase's SQL editor.

create table if not exists callboard_migrations (
  name text primary key,
  applied_at timestamptz not null default now()
);
alter table callboard_migrations enable row level security;

-- seq is drawn while this lock is held until commit, so that no reader can see seq 8 before seq 7:
-- a cursor that has passed 8 would never return for 7. The key is the table's name in ASCII, cut to 8 bytes.
-- A transaction may say that it draws seq once more ("update ... set seq = default") as the last thing before it commits:
-- then its inserts don't wait for the lock, and nobody waits for what they write.
create or replace function llm_callbacks_take_feed_turn() returns trigger
  language plpgsql
  set search_path = ''
  -- A client that gave up does not end its backend's wait: these would pile up behind a stuck commit.
  set lock_timeout = '1s'
as $$
begin
  if tg_op = 'INSERT' and pg_catalog.current_setting('callboard.feed_turn', true) = 'later' then
    return null;
  end if;
  perform pg_catalog.pg_advisory_xact_lock(7812739710037617772);
  return null;
end
$$;

create trigger llm_callbacks_take_feed_turn_late
  before update of seq on llm_callbacks
  for each statement execute function llm_callbacks_take_feed_turn();

insert into callboard_migrations (name) values ('0041_take_the_feed_turn_late');
