-- What the overview shows: callbacks by stretches of time. Plain SQL: also runs as it is in Supabase's SQL editor.

create table if not exists callboard_migrations (
  name text primary key,
  applied_at timestamptz not null default now()
);
alter table callboard_migrations enable row level security;

-- Each callback counts once in the bucket of every length, so that no range reads more than its own few buckets.
create table llm_callback_rollups (
  bucket_seconds integer not null,
  starts_at timestamptz not null,
  source text not null,
  workflow_name text,
  -- As lists show it: a quarantined callback has no other status.
  status text not null,
  -- Of verdicts: n stands for durations up to 1.1^n ms. Null where none was reported.
  duration_step smallint,
  callbacks bigint not null,
  -- Of verdicts alone: a job's verdict reports the sum of its steps. Null where none was reported.
  tokens_total numeric,
  cost_usd numeric,
  -- Serves adding to a bucket, and reading all of one length from a time on.
  unique nulls not distinct (bucket_seconds, starts_at, source, workflow_name, status, duration_step)
);

alter table llm_callback_rollups enable row level security;

-- Supabase grants its REST roles everything in "public" by default.
do $$
declare
  api_role text;
begin
  foreach api_role in array array['anon', 'authenticated'] loop
    if exists (select 1 from pg_roles where rolname = api_role) then
      execute format('revoke all on callboard_migrations, llm_callback_rollups from %I', api_role);
    end if;
  end loop;
end $$;

insert into callboard_migrations (name) values ('0038_add_rollups');
