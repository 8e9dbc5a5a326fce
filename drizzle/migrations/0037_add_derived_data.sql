-- How far what is derived from the callbacks has come, and the first of it: the index of their words. Plain SQL: also runs as it is in Supabase's SQL editor.

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

-- The words of each callback, each with the number of the callback's block of the feed before it.
create table llm_callback_search (
  -- Serves putting a callback's words in once, and the cascade.
  seq bigint primary key references llm_callbacks (seq) on delete cascade,
  words tsvector not null
);
-- Words live out of line: a search reads the index and the seqs, and so a few pages instead of all words of all that match.
alter table llm_callback_search set (toast_tuple_target = 128);
-- What is looked for is not known when a statement is planned: there is nothing to learn from the words of a sample.
alter table llm_callback_search alter column words set statistics 0;
-- Serves search. Entries of many callbacks at a time are four times cheaper to add. Each look-up reads those that are pending, so
-- there must be few: at most a megabyte (the unit is kB), and none once a step of the follower is over.
create index llm_callback_search_words_idx on llm_callback_search using gin (words) with (gin_pending_list_limit = 1024);

alter table llm_callback_followers enable row level security;
alter table llm_callback_search enable row level security;

-- Supabase grants its REST roles everything in "public" by default.
do $$
declare
  api_role text;
begin
  foreach api_role in array array['anon', 'authenticated'] loop
    if exists (select 1 from pg_roles where rolname = api_role) then
      execute format('revoke all on callboard_migrations, llm_callback_followers, llm_callback_search from %I', api_role);
    end if;
  end loop;
end $$;

insert into callboard_migrations (name) values ('0037_add_derived_data');
