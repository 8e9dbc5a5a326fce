-- What is kept of callbacks that were pruned: enough to know a late retry, and nothing of what they said.

create table if not exists callboard_migrations (
  name text primary key,
  applied_at timestamptz not null default now()
);
alter table callboard_migrations enable row level security;

create table llm_callback_tombstones (
  -- Serves recording: a delivery whose callback was pruned must not become a new one.
  delivery_key bytea primary key,
  -- Tells a retry from other content under the same identity, as in llm_callbacks.
  content_digest bytea not null,
  -- The callback's own id, for the answer to the retry.
  id uuid not null,
  pruned_at timestamptz not null default now()
);

alter table llm_callback_tombstones enable row level security;

-- Supabase grants its REST roles everything in "public" by default.
do $$
declare
  api_role text;
begin
  foreach api_role in array array['anon', 'authenticated'] loop
    if exists (select 1 from pg_roles where rolname = api_role) then
      execute format('revoke all on callboard_migrations, llm_callback_tombstones from %I', api_role);
    end if;
  end loop;
end $$;

insert into callboard_migrations (name) values ('0034_add_llm_callback_tombstones');
