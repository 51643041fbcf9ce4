-- The answers of revisions.assay, computed by another program from the same
-- file:
--
--     sqlite3 <check.sql
--
-- prints what `assay run --format csv revisions.assay` prints, without its texts.
-- The tests compare the two, number for number.

.bail on
.mode csv
.headers off
.import data/gdp_vintages_us_jp.csv raw
.headers on

create table facts as
select id as country, time, pub_date as day, cast(value as real) as value
from raw;
create index facts_key on facts (country, time, day);

-- What was known of a quarter on a day: the last that was published by then.
create view vintages as
select distinct country, day from facts;

create table known as
select v.country, v.day, q.time,
    (
        select f.value from facts as f
        where f.country = v.country and f.time = q.time and f.day <= v.day
        order by f.day desc limit 1
    ) as value
from vintages as v
join (select distinct country, time from facts) as q using (country);

create table growth as
select k.country, k.day, k.time, (k.value / p.value - 1) * 100 as rate
from known as k
join known as p on p.country = k.country and p.day = k.day
    and p.time = date(k.time, '-3 months');

-- Each vintage that had a word on one of the two quarters.
select g.day as vintage, '2015-Q1' as period, g.rate as on_quarter
from growth as g
where g.country = 'US' and g.time = '2015-01-01' and g.rate is not null
    and exists (
        select 1 from facts as f
        where f.country = 'US' and f.day = g.day
            and f.time in ('2015-01-01', '2014-10-01')
    )
order by g.day;

create table quarters (time text, name text);
insert into quarters values
    ('2015-01-01', '2015-Q1'), ('2015-04-01', '2015-Q2'),
    ('2015-07-01', '2015-Q3'), ('2015-10-01', '2015-Q4');
create table countries (country text, place integer);
insert into countries values ('US', 1), ('JP', 2);

.print
with ends as (
    select country,
        max(day) filter (where day <= '2016-12-31') as early,
        max(day) as late
    from facts group by country
)
select c.country, q.name as period, a.rate as "then", b.rate as now,
    b.rate - a.rate as revised
from countries as c
join quarters as q
join ends as e using (country)
join growth as a on a.country = c.country and a.time = q.time and a.day = e.early
join growth as b on b.country = c.country and b.time = q.time and b.day = e.late
order by c.place, q.time;

.print
select c.country, q.name as period, min(g.rate) as lowest,
    max(g.rate) as highest
from countries as c
join quarters as q
join growth as g on g.country = c.country and g.time = q.time
group by c.place, q.time
order by c.place, q.time;

.print
with years as (
    select k.country, cast(substr(k.time, 1, 4) as integer) as year,
        sum(k.value) as value
    from known as k
    where k.day = (select max(day) from facts where country = k.country)
    group by k.country, year
    having count(k.value) = 4
)
select c.country, y.year as period, (y.value / p.value - 1) * 100 as on_year
from countries as c
join years as y using (country)
join years as p on p.country = y.country and p.year = y.year - 1
where y.year between 2015 and 2016
order by c.place, y.year;
