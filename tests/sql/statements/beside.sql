-- Variables of psql and objects that no schema tells of.
\set owner postgres
\set word 'a text'
create table a (id int primary key);
alter table a owner to :owner;
select :'word' as word;
create or replace procedural language plpgsql; comment on procedural language plpgsql is 'Procedures'; alter procedural language plpgsql owner to :"owner";
create cast (bytea as int) with inout; drop cast (bytea as int);
create operator === (leftarg = int, rightarg = int, function = int4eq);
create text search configuration words (copy = simple); alter text search configuration words alter mapping for word with simple;
alter default privileges in schema public grant select on tables to :owner;
create procedure nothing() language sql as 'select 1'; drop procedure nothing();
create publication films_out for table a; alter publication films_out owner to :owner; drop publication films_out;
create access method plain type table handler heap_tableam_handler;
create statistics numbers (dependencies) on id, (id + 1) from a; drop statistics numbers;
create function twice(int) returns int language sql return $1 * 2; drop function twice(int);
create aggregate product(numeric) (sfunc = numeric_mul, stype = numeric); drop aggregate product(numeric);
