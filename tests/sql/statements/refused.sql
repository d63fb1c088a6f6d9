-- What other objects use.
create schema other;
create table other.thing (id int primary key);
create extension hstore;
create type mood as enum ('good', 'bad');
create domain year as int check (value > 1900);
create sequence number;
create function twice(int) returns int language sql immutable as 'select $1 * 2';
create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
create table film (
    id int primary key default nextval('number'),
    title text,
    length int constraint long check (length > 0),
    doubled int generated always as (twice(length)) stored,
    mood mood default 'good',
    year year,
    facts hstore
);
create index film_title on film (title);
create trigger touched before update on film for each row execute function touch();
create policy mine on film using (title <> '');
create table rating (film_id int references film);
create table parent (id int);
create table child () inherits (parent);
create view titles as select title from film;
create view lengths as select title from titles;
