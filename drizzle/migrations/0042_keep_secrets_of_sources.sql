-- Sources that are made in the console: their settings, their secrets (sealed), what each secret is used for, and a number by
-- which every replica notices a change. Plain SQL: also runs as it is in Supabase's SQL editor.

create table if not exists callboard_migrations (
  name text primary key,
  applied_at timestamptz not null default now()
);
alter table callboard_migrations enable row level security;

alter table sources
  -- What an admin set for this sender: another header's name, an audience, the URL under which the sender knows us.
  add column settings jsonb not null default '{}',
  add column updated_at timestamptz not null default now(),
  -- Until then, refused deliveries are kept for the signature doctor.
  add column debug_until timestamptz;

alter table source_secrets
  add column name text not null default '',
  -- The secret's last four characters; '' where it is too short to tell any.
  add column hint text not null default '',
  -- AES-256-GCM under a key derived from CALLBOARD_SECRET. Null where the environment holds the secret.
  add column sealed bytea,
  add column expires_at timestamptz,
  add column revoked_at timestamptz;

-- In a table of its own, for it changes every second and is no change of the source.
create table source_secret_uses (
  secret_id uuid primary key references source_secrets (id) on delete cascade,
  uses bigint not null,
  last_used_at timestamptz not null
);

-- Refused deliveries of a source that is being debugged: 20 at most, for a day at most.
create table rejected_delivery_captures (
  id uuid primary key,
  -- Serves listing those of a source, and the cascade.
  source text not null references sources (slug) on delete cascade,
  received_at timestamptz not null,
  reason text not null,
  -- Headers and body, AES-256-GCM under a key derived from CALLBOARD_SECRET.
  sealed bytea not null
);
create index rejected_delivery_captures_source_received_at_idx on rejected_delivery_captures (source, received_at);

-- One row. Every change of a source or a secret counts it up; replicas ask for it and read the sources again where it is another.
create table source_revision (
  is_only boolean primary key default true check (is_only),
  revision bigint not null
);
insert into source_revision (revision) values (1);

create function callboard_count_source_revision() returns trigger language plpgsql as $$
begin
  update source_revision set revision = revision + 1;
  return null;
end $$;

create trigger sources_revision after insert or update or delete or truncate on sources
  for each statement execute function callboard_count_source_revision();
create trigger source_secrets_revision after insert or update or delete or truncate on source_secrets
  for each statement execute function callboard_count_source_revision();

alter table rejected_delivery_captures enable row level security;
alter table source_secret_uses enable row level security;
alter table source_revision enable row level security;

-- Supabase grants its REST roles everything in "public" by default.
do $$
declare
  api_role text;
begin
  foreach api_role in array array['anon', 'authenticated'] loop
    if exists (select 1 from pg_roles where rolname = api_role) then
      execute format('revoke all on callboard_migrations, rejected_delivery_captures, source_secret_uses, source_revision from %I', api_role);
      execute format('revoke all on function callboard_count_source_revision() from %I', api_role);
    end if;
  end loop;
end $$;

insert into callboard_migrations (name) values ('0042_keep_secrets_of_sources');
