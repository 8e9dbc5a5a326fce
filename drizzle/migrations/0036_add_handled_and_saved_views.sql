-- What the team has dealt with, what an admin wants to see as unviewed again, saved views, and the indexes of two filters.
-- Plain SQL: also runs as it is in Supabase's SQL editor.

create table if not exists callboard_migrations (
  name text primary key,
  applied_at timestamptz not null default now()
);
alter table callboard_migrations enable row level security;

-- Dealt with, for the whole team. No foreign key to the admin: that it was handled outlives the account.
create table llm_callback_handled (
  -- Serves "is it handled", and the cascade.
  callback_id uuid primary key references llm_callbacks (id) on delete cascade,
  -- The callback's own, repeated: it never changes, and lets what is open be found in the order of the feed.
  seq bigint not null,
  admin_user_id uuid not null,
  handled_at timestamptz not null default now()
);
-- Serves the history of what is handled, and passing over it when what is open is listed and counted.
create unique index llm_callback_handled_seq_key on llm_callback_handled (seq);

-- The callback's own seq, repeated, so that what is unviewed is found by two walks in the order of the feed.
alter table llm_callback_views add column seq bigint;
update llm_callback_views v set seq = c.seq from llm_callbacks c where c.id = v.callback_id;
alter table llm_callback_views alter column seq set not null;
-- Which "mark all that match" made it, so that its undo takes back these and no other; null: the callback was opened.
alter table llm_callback_views add column marking_id uuid;
-- Serves the history of what an admin viewed, and passing over it when what is unviewed is listed and counted.
create unique index llm_callback_views_admin_user_id_seq_key on llm_callback_views (admin_user_id, seq);
-- Serves the undo.
create index llm_callback_views_marking_id_idx on llm_callback_views (marking_id) where marking_id is not null;

-- Unviewed although at or below the admin's mark, unless there is a view: somebody wants to see it again, or the mark went past.
create table llm_callback_unviewed (
  admin_user_id uuid not null,
  seq bigint not null,
  callback_id uuid not null references llm_callbacks (id) on delete cascade,
  -- Serves listing and counting, in the order of the feed.
  primary key (admin_user_id, seq)
);
-- Serves the cascade.
create index llm_callback_unviewed_callback_id_idx on llm_callback_unviewed (callback_id);

-- The last "mark all as viewed" and where the mark stood before it: what its undo needs.
alter table llm_callback_read_marks add column marking_id uuid;
alter table llm_callback_read_marks add column moved_from_seq bigint;

-- A name for a query string of the callbacks page, each admin's own.
create table saved_views (
  id uuid primary key default gen_random_uuid(),
  admin_user_id uuid not null references auth_users (id) on delete cascade,
  name text not null,
  query text not null,
  created_at timestamptz not null default now(),
  -- Serves saving under a name that is taken, the list of one admin, and the cascade.
  unique (admin_user_id, name)
);

-- Serve the history filtered by source and by scheme, newest first, also where the value is rare; and finding all values there are.
create index llm_callbacks_source_seq_idx on llm_callbacks (source, seq);
create index llm_callbacks_signature_scheme_seq_idx on llm_callbacks (signature_scheme, seq);

alter table llm_callback_handled enable row level security;
alter table llm_callback_unviewed enable row level security;
alter table saved_views enable row level security;

-- Supabase grants its REST roles everything in "public" by default.
do $$
declare
  api_role text;
begin
  foreach api_role in array array['anon', 'authenticated'] loop
    if exists (select 1 from pg_roles where rolname = api_role) then
      execute format('revoke all on callboard_migrations, llm_callback_handled, llm_callback_unviewed, saved_views from %I', api_role);
    end if;
  end loop;
end $$;

insert into callboard_migrations (name) values ('0036_add_handled_and_saved_views');
