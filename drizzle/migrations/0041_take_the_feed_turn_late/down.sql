drop trigger llm_callbacks_take_feed_turn_late on llm_callbacks;

create or replace function llm_callbacks_take_feed_turn() returns trigger
  language plpgsql
  set search_path = ''
  -- A client that gave up does not end its backend's wait: these would pile up behind a stuck commit.
  set lock_timeout = '1s'
as $$
begin
  perform pg_catalog.pg_advisory_xact_lock(7812739710037617772);
  return null;
end
$$;

delete from callboard_migrations where name = '0041_take_the_feed_turn_late';
