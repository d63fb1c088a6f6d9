-- Transactions that are taken back, and search paths that hold until they end.
create schema app;
begin; set local search_path to app; create table d (id int); commit;
create table e (id int);
set search_path to app; reset search_path; create table f (id int);
begin; create table gone (id int primary key); alter table e add column gone int; rollback;
begin; create table kept (id int); savepoint a; alter table kept add x int; create type gone_type as enum('a'); rollback to savepoint a; alter table kept add y int; savepoint b; alter table kept add z int; release b; commit;
begin transaction; set search_path = app; create table in_app(id int); rollback; create table in_public(id int);
begin; set local search_path to app; create table l (id int); savepoint s; set search_path to public; rollback to s; create table m (id int); commit; create table n (id int);
set schema 'app'; create table o(id int); set schema 'public';
select set_config('search_path', 'app', false); create table p(id int);
select pg_catalog.set_config('search_path', 'public', false); create table q (id int);
begin; select set_config('search_path', 'app', true); create table r (id int); end; create table s(id int);
set local search_path to app; create table t (id int);
begin; drop table q; abort; 
begin; create table chained (id int); commit and chain; create table chained2 (id int); rollback;
set session search_path to app, public; create table u (id int); set search_path to default; create table v (id int);
discard all;
start transaction; create table w(id int); rollback work; begin work; create table w2(id int); commit work;
