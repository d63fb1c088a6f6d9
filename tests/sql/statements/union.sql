-- What a text or a NULL without a type becomes, the other branches say.
create table a (id int primary key, n numeric(5,2), s varchar(4), d date, m text[]);
create view u1 as select id, n, s, d from a union all select null, null, null, null from a;
create view u2 as select null as x, 'lit' as y union select 1, 'b';
create view u3 as select null as x union select null union all select null;
create view u4 as (select 1 as a, null as b) union all (select 2, now()) order by 1;
create view u5 as with q as (select 'x' as k, null as z) select k, z from q union all select s, id::text from a;
create view u6 as values (1, null), (2, 'x'::varchar);
create view u7 as with recursive r(n, p) as (select 1, 'a' union all select n + 1, p from r where n < 5) select * from r;
create view u8 as select '2020-01-01' as d union select d from a;
create view u9 as select id from a except select null; create view u10 as select s from a intersect select 'x'::varchar(4);
create view u11 as select (select null) as e, array[null, 1] as f, coalesce(null, n) as g from a;
create view par as (select id, s from a); create view par2 as ((select id, s from a) order by s); create view par3 as (select id from a limit 3); create view par4 as (select distinct id from a);
