-- What senders did not send but keep for whoever asks with an API key: fetched after the acknowledgement, and never mixed with what was
-- signed. Plain SQL: also runs as it is in Supabase's SQL editor.

create table if not exists callboard_migrations (
  name text primary key,
  applied_at timestamptz not null default now()
);
alter table callboard_migrations enable row level security;

alter table sources
  -- AES-256-GCM under a key derived from CALLBOARD_SECRET. With it, results of what is received from then on are fetched.
  add column api_key bytea,
  add column api_key_since timestamptz;

create table llm_callback_results (
  -- Serves showing one, and the cascade.
  callback_id uuid primary key references llm_callbacks (id) on delete cascade,
  state text not null default 'waiting' check (state in ('waiting', 'fetched', 'failed')),
  attempts integer not null default 0,
  -- While it is being fetched, when somebody else may take it for abandoned.
  next_attempt_at timestamptz not null default now(),
  fetched_at timestamptz,
  http_status integer,
  -- The exact bytes of the answer.
  body bytea,
  -- Why the last attempt failed.
  error text
);
-- Serves finding what is due.
create index llm_callback_results_next_attempt_at_idx on llm_callback_results (next_attempt_at) where state = 'waiting';

alter table llm_callback_results enable row level security;

-- Supabase grants its REST roles everything in "public" by default.
do $$
declare
  api_role text;
begin
  foreach api_role in array array['anon', 'authenticated'] loop
    if exists (select 1 from pg_roles where rolname = api_role) then
      execute format('revoke all on callboard_migrations, llm_callback_results from %I', api_role);
    end if;
  end loop;
end $$;

insert into callboard_migrations (name) values ('0043_add_fetched_results');
