-- The answers of accuracy.assay, computed by another program from the same
-- files:
--
--     sqlite3 <check.sql
--
-- prints what `assay run --format csv accuracy.assay` prints, without its texts.
-- The tests compare the two, number for number.

.bail on
.mode csv
.headers off
.import data/weo_vintages.csv raw
.headers on

create table g7 (area text primary key);
insert into g7 values
    ('CAN'), ('DEU'), ('FRA'), ('GBR'), ('ITA'), ('JPN'), ('USA');

-- An edition is a month; what it says was stated on the last day of it.
create table facts as
select date(vintage || '-01', '+1 month', '-1 day') as day, concept,
    ref_area as area, cast(year as integer) as year,
    round(cast(value as real), 3) as value, status
from raw join g7 on area = ref_area
where concept in ('NGDP_RPCH', 'NGDPD');

-- What came out: the last actual that was stated.
create table actual as
select concept, area, year, value
from (
    select *, row_number()
        over (partition by concept, area, year order by day desc) as back
    from facts where status = 'A'
)
where back = 1;
create index actual_key on actual (concept, area, year);

-- Each forecast beside what came out, and what had come out a year before.
create table pairs as
select concept, day as vintage, area, year,
    year - cast(substr(day, 1, 4) as integer) as horizon,
    facts.value as f, now.value as a, before.value as b
from facts
join actual as now using (concept, area, year)
left join (
    select concept, area, year + 1 as year, value from actual
) as before using (concept, area, year)
where status = 'F';

create view growth as
select * from pairs where concept = 'NGDP_RPCH' and horizon = 1;
create view gdp as
select * from pairs where concept = 'NGDPD' and horizon = 1;

-- How far off was each edition about the year after it?
select vintage, year as period, avg(f - a) as bias, avg(abs(f - a)) as mae,
    sqrt(avg((f - a) * (f - a))) as rmse, max(abs(f - a)) as worst,
    count(*) as countries
from growth where year between 2020 and 2024
group by vintage, year order by vintage;

-- How many came within half a point?  (To twelve digits, as numbers are
-- compared.)
.print
select vintage, year as period,
    avg(round(abs(f - a), 9) <= 0.5) * 100 as near
from growth where year between 2020 and 2024
group by vintage, year order by vintage;

-- How many said rightly whether growth would be faster or slower?
.print
select vintage, year as period,
    avg(sign(round(f - b, 9)) = sign(round(a - b, 9))) * 100 as right_way
from growth where year between 2020 and 2024
group by vintage, year order by vintage;

-- Was it better than to say that all goes on as it is?
.print
select vintage, year as period,
    sqrt(sum((f - a) * (f - a)) / sum((a - b) * (a - b))) as theil,
    (1 - sqrt(sum((f - a) * (f - a)) / sum((a - b) * (a - b)))) * 100 as skill
from growth where year between 2020 and 2024
group by vintage, year order by vintage;

-- How much is known a year later, in the year itself?
.print
select vintage, year as period, horizon, avg(abs(f - a)) as mae
from pairs
where concept = 'NGDP_RPCH' and year = 2022 and horizon in (0, 1)
group by vintage order by vintage;

-- For which country was it hardest, 2020 aside?
.print
select area, avg(f - a) as bias, avg(abs(f - a)) as mae
from growth where year between 2021 and 2024
group by area order by mae desc;

-- And in one number?
.print
select avg(f - a) as bias, avg(abs(f - a)) as mae,
    sqrt(avg((f - a) * (f - a))) as rmse
from growth where year between 2021 and 2024;

-- GDP in dollars: how far off, in per cent of what came out?
.print
create table errors as
select *, (f - a) / a * 100 as e,
    row_number() over (partition by vintage order by abs(f - a) / a) as place,
    count(*) over (partition by vintage) as countries
from gdp where year between 2022 and 2024;
select vintage, year as period, avg(e) as mpe, avg(abs(e)) as mape,
    avg(iif(place * 2 in (countries, countries + 1, countries + 2)
        and (countries % 2 = 0 or place * 2 = countries + 1), abs(e), null))
        as mdape,
    avg(200 * abs(f - a) / (abs(f) + abs(a))) as smape
from errors group by vintage, year order by vintage;

-- And against a forecast of no change?
.print
select vintage, year as period, avg(abs(f - a)) / avg(abs(a - b)) as mase,
    sqrt(avg((f - a) * (f - a))) / (sqrt(avg(f * f)) + sqrt(avg(a * a)))
        as theil_u1,
    sqrt(sum((f - a) * (f - a)) / sum((a - b) * (a - b))) as theil_u2
from gdp where year between 2022 and 2024
group by vintage, year order by vintage;
