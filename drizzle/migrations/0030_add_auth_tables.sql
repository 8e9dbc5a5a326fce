-- People who may sign in, and their sessions (better-auth's core and admin schema, uuid ids).
-- Plain SQL: also runs as it is in Supabase's SQL editor.

create table if not exists callboard_migrations (
  name text primary key,
  applied_at timestamptz not null default now()
);

create table auth_users (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  role text,
  banned boolean not null default false,
  ban_reason text,
  ban_expires timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table auth_sessions (
  id uuid primary key default gen_random_uuid(),
  -- Every request of a signed-in admin looks its session up by this token.
  token text not null unique,
  user_id uuid not null references auth_users (id) on delete cascade,
  impersonated_by uuid,
  ip_address text,
  user_agent text,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- Serves the sessions of one user: listing them, and ending them when the user is demoted or removed.
create index auth_sessions_user_id_idx on auth_sessions (user_id);

create table auth_accounts (
  id uuid primary key default gen_random_uuid(),
  account_id text not null,
  provider_id text not null,
  user_id uuid not null references auth_users (id) on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- Serves sign-in: the credential account of one user.
create index auth_accounts_user_id_idx on auth_accounts (user_id);

create table auth_verifications (
  id uuid primary key default gen_random_uuid(),
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- Serves the look-up of one set-up link or verification by what it names.
create index auth_verifications_identifier_idx on auth_verifications (identifier);

create table auth_rate_limits (
  id uuid primary key default gen_random_uuid(),
  -- Every limited request reads and counts its own key.
  key text not null unique,
  count integer not null,
  last_request bigint not null
);

alter table callboard_migrations enable row level security;
alter table auth_users enable row level security;
alter table auth_sessions enable row level security;
alter table auth_accounts enable row level security;
alter table auth_verifications enable row level security;
alter table auth_rate_limits enable row level security;

-- Supabase grants its REST roles everything in "public" by default.
do $$
declare
  api_role text;
begin
  foreach api_role in array array['anon', 'authenticated'] loop
    if exists (select 1 from pg_roles where rolname = api_role) then
      execute format(
        'revoke all on callboard_migrations, auth_users, auth_sessions, auth_accounts, auth_verifications, auth_rate_limits from %I',
        api_role);
    end if;
  end loop;
end $$;

insert into callboard_migrations (name) values ('0030_add_auth_tables');
