-- Senders that are trusted with a secret. The built-in one takes its secrets from the environment;
-- the rows here give each secret an id, so that a callback can say which one verified it.

create table if not exists callboard_migrations (
  name text primary key,
  applied_at timestamptz not null default now()
);
alter table callboard_migrations enable row level security;

create table sources (
  slug text primary key,
  name text not null,
  preset text not null,
  enabled boolean not null default true,
  created_at timestamptz not null default now()
);

create table source_secrets (
  id uuid primary key default gen_random_uuid(),
  source text not null references sources (slug) on delete cascade,
  -- HMAC of the secret under a key derived from CALLBOARD_SECRET: recognises it without telling it.
  fingerprint bytea not null,
  created_at timestamptz not null default now(),
  -- Serves the seeding at start: the same secret keeps its id. Its prefix serves the cascade.
  unique (source, fingerprint)
);

insert into sources (slug, name, preset) values ('llm-callback', 'LLM callback', 'native');

alter table sources enable row level security;
alter table source_secrets enable row level security;

-- Supabase grants its REST roles everything in "public" by default.
do $$
declare
  api_role text;
begin
  foreach api_role in array array['anon', 'authenticated'] loop
    if exists (select 1 from pg_roles where rolname = api_role) then
      execute format('revoke all on callboard_migrations, sources, source_secrets from %I', api_role);
    end if;
  end loop;
end $$;

insert into callboard_migrations (name) values ('0032_add_sources_tables');
