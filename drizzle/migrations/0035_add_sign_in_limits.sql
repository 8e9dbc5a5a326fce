-- Limits on guessing at sign-in and the set-up link that all replicas share, and the end of sessions when a password changes.
-- Plain SQL: also runs as it is in Supabase's SQL editor.

create table if not exists callboard_migrations (
  name text primary key,
  applied_at timestamptz not null default now()
);
alter table callboard_migrations enable row level security;

-- Tries within a window that begins with the first. Keys of sign-in are hashes: somebody may type a password for an e-mail.
create table auth_tries (
  key text primary key,
  tries integer not null,
  resets_at timestamptz not null
);

-- Serves the removal of windows that are over.
create index auth_tries_resets_at_idx on auth_tries (resets_at);

-- Networks (an IPv4 address, an IPv6 /56) from which a user has signed in. Their tries are counted by themselves, so that
-- strangers who guess can't lock out who is known. The primary key serves the look-up at sign-in, and the cascade.
create table auth_known_networks (
  user_id uuid not null references auth_users (id) on delete cascade,
  network text not null,
  signed_in_at timestamptz not null default now(),
  primary key (user_id, network)
);

-- However a password is changed, by a command or by hand: whoever signed in with the old one is out at the next request.
create function auth_accounts_end_sessions() returns trigger
  language plpgsql
  set search_path = ''
as $$
begin
  execute format('delete from %I.auth_sessions where user_id = $1', tg_table_schema) using new.user_id;
  return null;
end $$;

create trigger auth_accounts_end_sessions
  after update of password on auth_accounts
  for each row when (old.password is distinct from new.password)
  execute function auth_accounts_end_sessions();

alter table auth_tries enable row level security;
alter table auth_known_networks enable row level security;

-- Supabase grants its REST roles everything in "public" by default.
do $$
declare
  api_role text;
begin
  foreach api_role in array array['anon', 'authenticated'] loop
    if exists (select 1 from pg_roles where rolname = api_role) then
      execute format('revoke all on callboard_migrations, auth_tries, auth_known_networks from %I', api_role);
    end if;
  end loop;
end $$;

insert into callboard_migrations (name) values ('0035_add_sign_in_limits');
