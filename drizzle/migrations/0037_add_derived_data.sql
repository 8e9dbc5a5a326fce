-- How far what is derived from the callbacks has come. Plain SQL: also runs as it is in Supabase's SQL editor.

create table if not exists callboard_migrations (
  name text primary key,
  applied_at timestamptz not null default now()
);
alter table callboard_migrations enable row level security;

-- Who follows the feed to keep derived data, and up to which seq. Without its row a consumer begins with the first callback.
create table llm_callback_followers (
  name text primary key,
  position bigint not null default 0 check (position >= 0),
  updated_at timestamptz not null default now()
);

alter table llm_callback_followers enable row level security;

-- Supabase grants its REST roles everything in "public" by default.
do $$
declare
  api_role text;
begin
  foreach api_role in array array['anon', 'authenticated'] loop
    if exists (select 1 from pg_roles where rolname = api_role) then
      execute format('revoke all on callboard_migrations, llm_callback_followers from %I', api_role);
    end if;
  end loop;
end $$;

insert into callboard_migrations (name) values ('0037_add_derived_data');
