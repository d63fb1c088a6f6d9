-- Handlers that survive a failure, conditions that ask the catalog, texts that are executed.
create schema app; create table a (id int primary key, n text);
do $$ begin create type mood as enum ('a', 'b'); exception when duplicate_object then null; end $$;
do $$ begin create type mood as enum ('a', 'c'); exception when duplicate_object then null; end $$;
DO $$ BEGIN ALTER TABLE a ADD CONSTRAINT a_n UNIQUE (n); EXCEPTION WHEN duplicate_table OR duplicate_object THEN RAISE NOTICE 'x'; END; $$;
DO $$ BEGIN ALTER TABLE a ADD CONSTRAINT a_n UNIQUE (n); EXCEPTION WHEN duplicate_table OR duplicate_object THEN RAISE NOTICE 'x'; END; $$ language plpgsql;
DO $$ BEGIN ALTER TABLE "a" ADD COLUMN x int; ALTER TABLE a ADD COLUMN n int; EXCEPTION WHEN duplicate_column THEN alter table a add column from_handler int; END $$;
do $$ begin if not exists (select 1 from pg_type where typname = 'status') then create type status as enum ('on', 'off'); end if; end $$;
do $$ begin if not exists (select 1 from pg_type where typname = 'status') then create type status as enum ('x'); end if; end $$;
do $$ begin if not exists (select from pg_type t join pg_namespace n on n.oid = t.typnamespace where t.typname = 'status' and n.nspname = 'app') then create type app.status as enum ('x'); end if; end $$;
do $$ begin
  if not exists (select 1 from information_schema.columns where table_name = 'a' and column_name = 'added' and table_schema = current_schema()) then alter table a add column added text; end if;
  if exists (select 1 from information_schema.columns where table_schema = 'public' and table_name='a' and column_name='added' and is_nullable = 'YES' and data_type = 'text') then alter table a alter column added set not null; end if;
  if exists (select 1 from information_schema.tables where table_name = 'missing') then drop table missing; else create table was_missing (id int); end if;
  if to_regclass('public.a_idx') is null then create index a_idx on a (n); end if; if to_regclass('a_idx') is null then create index a_idx2 on a (n); end if;
  if not exists (select 1 from pg_indexes where indexname = 'i2' and tablename = 'a') then create index i2 on a (n); elsif true then drop table a; end if;
  if not exists (select 1 from pg_constraint where conname = 'a_pkey' and conrelid = 'a'::regclass) then alter table a drop column id; end if;
  if (select count(*) from pg_class c, pg_namespace n where c.relnamespace = n.oid and c.relname = 'a' and n.nspname = any (current_schemas(false))) = 1 then create table counted (id int); end if;
  if not exists (select 1 from pg_extension where extname = 'hstore') then create extension hstore; end if;
  if not exists (select 1 from pg_roles where rolname = 'nobody') then perform 1; end if;
  if not exists (select 1 from pg_trigger where tgname = 't') and not exists (select 1 from pg_policies where policyname = 'p') then create policy p on a; end if;
  if exists (select 1 from pg_enum e join pg_type t on e.enumtypid = t.oid where t.typname = 'mood' and e.enumlabel = 'b') then alter type mood rename value 'b' to 'bb'; end if;
  if exists (select 1 from pg_attribute where attrelid = 'a'::regclass and attname = 'x' and not attisdropped) then create table no (id int); end if;
end $$;
do $body$ declare t text; n int; begin
  foreach t in array array['k1', 'k2'] loop execute format('create table %I (id int primary key, %I text default %L)', t, t || '_n', 'it''s'); end loop;
  execute 'alter table k1 add column z int';
  select count(*) into n from information_schema.tables where table_schema = 'public' and table_name like 'k_';
  if n = 2 then create table two (id int); end if;
  perform 1 from pg_tables where tablename = 'two'; if found then create table found_it (id int); end if;
  begin create table k1 (a int); exception when others then create table from_others (id int); end;

end $body$;
do $$ declare r record; begin for r in select table_name from information_schema.tables where table_schema = 'public' and table_name in ('k1', 'k2') loop execute 'alter table ' || quote_ident(r.table_name) || ' add column looped int'; end loop; end $$;
do $$ begin create table kept_by_handler (id int); begin create table lost2 (id int); raise exception 'no'; exception when raise_exception then null; end; end $$;
do $$ begin return; create table after_return (id int); end $$;
do $$ begin alter table a add constraint zz check (id > 0); exception when sqlstate '42710' then null; end $$; do $$ begin alter table a add constraint zz check (id > 0); exception when sqlstate '42710' then null; end $$;
do $$ begin if current_setting('server_version_num')::int >= 90600 then create table modern (id int); end if; end $$;

-- Texts that are executed for what they find, cursors, rows of a text, numbers.
do $$ declare n int; begin execute 'select count(*) from pg_tables where tablename = ''k1''' into n; if n = 1 then create table executed_into (id int); end if; end $$;
do $$ declare t text; begin for t in execute 'select tablename from pg_tables where schemaname = ''public'' and tablename in (''k1'', ''k2'')' loop execute 'alter table ' || t || ' add column by_text int'; end loop; end $$;
do $$ declare found cursor for select indexname as name from pg_indexes where tablename = 'k1'; begin for i in found loop execute format('alter index %1$I rename to %2$I', i.name, replace(i.name, 'pkey', 'key')); end loop; end $$;
do $$ begin for n in 1..3 by 2 loop execute format('create table numbered_%s (id int)', n + 1); end loop; for n in reverse 2..1 loop execute 'create table backwards_' || n || ' (id int)'; end loop; end $$;
do $$ declare one text; other text; begin for one, other in select table_name, column_name from information_schema.columns where table_name = 'counted' loop execute format('create table %s_of_%s (id int)', other, one); end loop; end $$;
