-- Names that PostgreSQL gives indexes and keys, and views in brackets.
create table a (id int, b int, c text, unique (id) include (b), primary key (b) include (id));
create index on a (id) include (b, c); create index on a (lower(c), lower(c)); create index on a ((id + b), (id - b)) include (b);
create table b (like a including all); create table l2 (like a including indexes including comments);
create table ex (r int4range, s int, exclude using gist (r with &&) include (s));
create table part (id int not null, d date not null, t text, unique (id, d) include (t)) partition by range (d); create index on part (lower(t)); create table part_1 partition of part for values from ('2020-01-01') to ('2021-01-01'); create table part_2 (id int not null, d date not null, t text); alter table part attach partition part_2 for values from ('2021-01-01') to ('2022-01-01');
create materialized view m as select id, b from a; create index on m (b);
create table l3 (like a including all excluding indexes); create table given (id int, b int, constraint given_b unique (b) include (id));
create type en as enum ('b','d'); alter type en add value 'a' before 'b'; alter type en add value 'e'; alter type en add value 'c' after 'b'; alter type en add value if not exists 'c'; alter type en rename value 'e' to 'f';
create view par as (select id, c from a); create view par2 as ((select id from a) order by id); create view par3 as (select id from a limit 3);
