-- Owners decide who is an admin. Plain SQL: also runs as it is in Supabase's SQL editor.

create table if not exists callboard_migrations (
  name text primary key,
  applied_at timestamptz not null default now()
);
alter table callboard_migrations enable row level security;

alter table auth_users add column is_owner boolean not null default false;

-- Whoever set Callboard up; where that account is blocked, the oldest one that is not.
update auth_users set is_owner = true where id = (
  select id from auth_users where role = 'admin' order by banned, created_at, id limit 1);

-- Supabase grants its REST roles everything in "public" by default.
do $$
declare
  api_role text;
begin
  foreach api_role in array array['anon', 'authenticated'] loop
    if exists (select 1 from pg_roles where rolname = api_role) then
      execute format('revoke all on callboard_migrations from %I', api_role);
    end if;
  end loop;
end $$;

insert into callboard_migrations (name) values ('0039_add_owners');
