-- Deliveries that were refused are counted, not kept: no body, no header, and of an address only its network.
-- Also the two indexes that "Needs attention" lists and counts by.

create table if not exists callboard_migrations (
  name text primary key,
  applied_at timestamptz not null default now()
);
alter table callboard_migrations enable row level security;

create table rejected_deliveries (
  -- Start of the minute; where the prefix is 'other', of the hour, and once that is more than a day ago, of the day (UTC).
  period_start timestamptz not null,
  -- Slug of the source, '' where there is none: an unknown slug is made up by anybody, and must not become a key.
  source text not null,
  reason text not null check (reason in (
    'signature_missing', 'signature_malformed', 'no_secret_matched', 'too_old', 'too_large', 'unknown_source', 'other')),
  -- The sender's network, 192.0.2.0/24 or 2001:db8::/56. 'other': unknown, or folded together because there were too many.
  prefix text not null,
  count bigint not null check (count > 0),
  last_seen_at timestamptz not null,
  -- Serves counting (insert ... on conflict) and reading the last 24 hours.
  primary key (period_start, source, reason, prefix)
)
-- A flood rewrites these rows every few seconds. Room on each page and an early vacuum keep the table within its megabyte.
with (fillfactor = 70, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0);

-- The newest rejected deliveries, as examples.
create table rejected_delivery_samples (
  -- Serves "the newest 200".
  id bigint generated always as identity primary key,
  rejected_at timestamptz not null,
  source text not null,
  reason text not null,
  prefix text not null,
  -- Without its query, clipped.
  path text not null,
  -- Declared or read; null when the body came in chunks and was refused before its end.
  body_bytes bigint
)
with (autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0);

-- Serve the history and the count of what could not be read, and of what was redelivered with different content: both are
-- rare among the conditions, and looking for them must not pass over a million callbacks with another one.
create index llm_callbacks_quarantined_seq_idx on llm_callbacks (seq) where payload_state = 'quarantined';
create index llm_callbacks_variant_seq_idx on llm_callbacks (seq) where conditions @> '{variant}';

alter table rejected_deliveries enable row level security;
alter table rejected_delivery_samples enable row level security;

-- Supabase grants its REST roles everything in "public" by default.
do $$
declare
  api_role text;
begin
  foreach api_role in array array['anon', 'authenticated'] loop
    if exists (select 1 from pg_roles where rolname = api_role) then
      execute format('revoke all on callboard_migrations, rejected_deliveries, rejected_delivery_samples from %I', api_role);
      execute format('revoke all on sequence rejected_delivery_samples_id_seq from %I', api_role);
    end if;
  end loop;
end $$;

insert into callboard_migrations (name) values ('0033_add_rejected_deliveries');
