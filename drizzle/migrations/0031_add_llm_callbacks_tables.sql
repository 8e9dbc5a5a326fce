-- Callbacks, who viewed them, and the feed. Needs no other migration; also runs as it is in Supabase's SQL editor.

create table if not exists callboard_migrations (
  name text primary key,
  applied_at timestamptz not null default now()
);
alter table callboard_migrations enable row level security;

create table llm_callbacks (
  -- Ours (UUIDv7, made by the application): what every URL, action and function takes.
  id uuid primary key,
  -- Place in the feed. Equals commit order, see llm_callbacks_take_feed_turn().
  seq bigint generated always as identity,
  source text not null,
  -- The sender's job_id, or the message id of presets that sign one; null when quarantined.
  callback_id text,
  -- SHA-256 of the identity: one row for each thing the sender had to say.
  delivery_key bytea not null,
  -- SHA-256 of the body without its timestamp: tells a retry from other content under the same identity.
  content_digest bytea not null,
  variant_of uuid references llm_callbacks (id) on delete set null,
  event_type text,
  status text not null
    check (status in ('completed', 'failed', 'canceled', 'in_progress', 'waiting', 'queued', 'unknown')),
  workflow_name text,
  external_job_id text,
  step_id text,
  error_message text,
  event_time timestamptz,
  duration_ms bigint,
  tokens_total bigint,
  cost_usd numeric,
  -- The exact bytes: the truth.
  raw bytea not null,
  -- A view of raw, where jsonb can hold it: jsonb rejects NUL, lone surrogates and huge numbers.
  payload jsonb,
  payload_state text not null check (payload_state in ('stored', 'raw_only', 'quarantined')),
  payload_preview text not null default '',
  -- What is out of the ordinary about this callback, as codes ("duplicate_keys", "clock_skew", ...).
  conditions text[] not null default '{}',
  signature_valid boolean not null,
  signature_header text,
  signature_scheme text,
  secret_id uuid,
  verified_at timestamptz,
  delivery_count integer not null default 1 check (delivery_count > 0),
  last_delivered_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- Serves recording: a delivery that is already stored is found by its key (insert ... on conflict).
create unique index llm_callbacks_delivery_key_key on llm_callbacks (delivery_key);
-- Serves the feed (seq > cursor), the unviewed count above an admin's mark, and the unfiltered history.
create unique index llm_callbacks_seq_key on llm_callbacks (seq);
-- Serve the history filtered by status, by workflow and by event, newest first.
create index llm_callbacks_status_seq_idx on llm_callbacks (status, seq);
create index llm_callbacks_workflow_name_seq_idx on llm_callbacks (workflow_name, seq);
create index llm_callbacks_event_type_seq_idx on llm_callbacks (event_type, seq);
-- Serves "everything of this job", newest first.
create index llm_callbacks_external_job_id_seq_idx on llm_callbacks (external_job_id, seq);
-- Serves the history between two times.
create index llm_callbacks_created_at_idx on llm_callbacks (created_at);
-- Serves the history of what is out of the ordinary; most callbacks have no condition and no entry here.
create index llm_callbacks_conditions_seq_idx on llm_callbacks (seq) where conditions <> '{}';
-- Serves the variants of one callback, and "on delete set null".
create index llm_callbacks_variant_of_idx on llm_callbacks (variant_of) where variant_of is not null;

-- Who viewed what. No foreign key to the users: this migration stands alone.
create table llm_callback_views (
  callback_id uuid not null references llm_callbacks (id) on delete cascade,
  admin_user_id uuid not null,
  viewed_at timestamptz not null default now(),
  -- Serves "has this admin viewed it", "who viewed it", and the cascade.
  primary key (callback_id, admin_user_id)
);

-- Everything at or below the mark counts as viewed by that admin.
create table llm_callback_read_marks (
  admin_user_id uuid primary key,
  viewed_through_seq bigint not null check (viewed_through_seq >= 0),
  updated_at timestamptz not null default now()
);

-- One row: which life of the database a feed cursor belongs to. Renewed after a restore.
create table llm_callback_feed (
  only_row boolean primary key default true check (only_row),
  epoch uuid not null default gen_random_uuid()
);
insert into llm_callback_feed default values;

-- seq is drawn while this lock is held until commit, so that no reader can see seq 8 before seq 7:
-- a cursor that has passed 8 would never return for 7. The key is the table's name in ASCII, cut to 8 bytes.
create function llm_callbacks_take_feed_turn() returns trigger
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

create trigger llm_callbacks_take_feed_turn
  before insert on llm_callbacks
  for each statement execute function llm_callbacks_take_feed_turn();

-- A hint that there is something to read after the last cursor, once a batch, delivered at commit.
create function llm_callbacks_notify_feed() returns trigger
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

create function llm_callbacks_touch_updated_at() returns trigger
  language plpgsql
  set search_path = ''
as $$
begin
  new.updated_at = pg_catalog.now();
  return new;
end
$$;

create trigger llm_callbacks_touch_updated_at
  before update on llm_callbacks
  for each row execute function llm_callbacks_touch_updated_at();

alter table llm_callbacks enable row level security;
alter table llm_callback_views enable row level security;
alter table llm_callback_read_marks enable row level security;
alter table llm_callback_feed enable row level security;

-- Supabase grants its REST roles everything in "public" by default.
do $$
declare
  api_role text;
begin
  foreach api_role in array array['anon', 'authenticated'] loop
    if exists (select 1 from pg_roles where rolname = api_role) then
      execute format(
        'revoke all on callboard_migrations, llm_callbacks, llm_callback_views, llm_callback_read_marks, llm_callback_feed from %I',
        api_role);
      execute format('revoke all on sequence llm_callbacks_seq_seq from %I', api_role);
    end if;
  end loop;
end $$;

insert into callboard_migrations (name) values ('0031_add_llm_callbacks_tables');
