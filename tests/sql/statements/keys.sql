-- Keys that are declared twice in one statement are one, under the name that was given.
create table setting (name varchar(64) not null constraint setting_uniq unique, value text, primary key (name));
create table twice (id int unique primary key, a int unique, b int, unique (a), unique (b), constraint named unique (b), c int, unique (c) deferrable, unique (c), unique (a, b), constraint ab unique (a, b) include (c));
create table given (id int constraint given_key primary key unique, unique (id));
-- A column that is called as a constraint begins.
create table rules (id int, exclude boolean not null default false, Excluded int,
  spare text default ', exclude ');
create table rules_of (
    id int,
    EXCLUDE   BOOL NOT NULL DEFAULT FALSE,
    exclude using btree (id with =)
);
-- Times with a zone that is not said are of the session.
create table job (id int primary key, at timestamptz default '1970-01-01 00:00:00', day timestamptz default '2020-02-03', exact timestamptz not null default '2017-12-14 01:02:30.5');
-- What stands in ON is read as well, and a view that is replaced by itself reads nothing.
create table word (id int primary key, said text);
create view spoken as select j.id, s.value from job j left join setting s on s.name::text = (select said from word where word.id = j.id);
create view again as select id, said from word; create or replace view again as select * from again;
