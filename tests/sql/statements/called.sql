-- Functions and procedures that change the schema where they are called.
create table film (id int primary key, title text); create table rental (id int primary key);
create function tracked(target text, step int default 2) returns void language plpgsql as $$
begin
  execute format('alter table %I add column touched_at timestamptz', target);
  for n in 1..3 by step loop execute format('create table %1$s_part_%2$s (id int)', target, n - 1); end loop;
end $$;
select tracked('film');
select tracked(table_name, 3) from information_schema.tables where table_schema = 'public' and table_name = 'rental';
create procedure made(inout n int) language plpgsql as $$ begin create table by_procedure (id int); end $$;
call made(1);
create function made_again() returns int language plpgsql as $$ begin create table by_procedure (id int); return 1; end $$;
create function untouched(name text) returns void language plpgsql as $$
declare
  indexes cursor for select indexname as name from pg_indexes where tablename = $1;
begin
  for i in indexes loop
    if i.name like '%_tmp' then execute format('alter index %1$I rename to %2$I', i.name, regexp_replace(i.name, '_tmp', '')); end if;
  end loop;
end $$;
create index film_title_tmp on film (title);
select untouched('film');
do $$ begin perform tracked('by_procedure'); execute format('select tracked(%L)', 'film_part_0'); perform made_again(); exception when duplicate_table then create table from_handler (id int); end $$;
create function init() returns void as $$
declare is_empty boolean;
begin
  select not exists (select 1 from information_schema.tables where table_name = 'version') into is_empty;
  if is_empty then execute 'create table version (id int primary key unique);'; end if;
end $$ language plpgsql;
select init(); select init(); drop function init();
create function fails() returns void language plpgsql as $$ begin create table half (id int); create table film (id int); end $$;
do $$ begin perform fails(); exception when others then null; end $$;
-- Of the same name, and in another schema.
create schema other; create function other.tracked(target text) returns void language plpgsql as $$ begin create table other.of_other (id int); end $$;
select other.tracked('film'), 1 as one;
-- One that calls itself comes to an end.
create function counted(n int) returns void language plpgsql as $$ begin if n > 0 then execute format('create table counted_%s (id int)', n); perform counted(n - 1); end if; end $$;
select counted(3);
