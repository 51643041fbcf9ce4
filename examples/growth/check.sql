-- The answers of growth.assay, computed by another program from the same files:
--
--     sqlite3 <check.sql
--
-- prints what `assay run --format csv growth.assay` prints, without its texts.
-- The tests compare the two, number for number.

.bail on
.mode csv
.headers off
.import data/gdp_vintages_us_jp.csv raw_gdp
.import data/wdi_facts.csv raw_facts
.headers on

-- Real GDP as it was published last; a quarter has a number, 4 to a year.
create table gdp as
select country, time, number, value
from (
    select id as country, time, cast(value as real) as value,
        cast(substr(time, 1, 4) as integer) * 4
            + (cast(substr(time, 6, 2) as integer) - 1) / 3 as number,
        row_number() over (partition by id, time order by pub_date desc) as back
    from raw_gdp
)
where back = 1;
create index gdp_key on gdp (country, number);

create table countries (country text, place integer);
insert into countries values ('US', 1), ('JP', 2);

create view quarters as
select country, place, number,
    (number / 4) || '-Q' || (number % 4 + 1) as period, now.value as value,
    before.value as before, earlier.value as earlier
from gdp as now
join countries using (country)
left join (
    select country, number + 1 as number, value from gdp
) as before using (country, number)
left join (
    select country, number + 4 as number, value from gdp
) as earlier using (country, number);

-- How did the last quarters go?
select country, period, (value / before - 1) * 100 as on_quarter,
    (pow(value / before, 4) - 1) * 100 as as_a_year,
    (value / earlier - 1) * 100 as on_year
from quarters
where period between '2023-Q3' and '2024-Q3'
order by place, number;

-- And the years?
.print
with years as (
    select country, number / 4 as year, sum(value) as value
    from gdp group by country, year having count(*) = 4
)
select country, year as period, (now.value / before.value - 1) * 100 as on_year
from years as now
join countries using (country)
join (
    select country, year + 1 as year, value from years
) as before using (country, year)
where year between 2020 and 2024
order by place, year;

-- When had GDP fallen for two quarters or more?  A fall belongs to the last
-- quarter that was none.
.print
with steps as (
    select *,
        max(iif(value < before, null, number))
            over (partition by country order by number) as last_rise
    from quarters
)
select country, period,
    ((last_rise + 1) / 4) || '-Q' || ((last_rise + 1) % 4 + 1) as falls_since,
    number - last_rise as quarters
from steps
where number - last_rise >= 2 and period between '2018-Q1' and '2024-Q3'
order by place, number;

-- How deep did it fall below its highest quarter?
.print
with peaks as (
    select *, max(value) over (partition by country order by number) as peak
    from quarters
)
select country, min(value / peak - 1) * 100 as deepest
from peaks
where period between '2018-Q1' and '2024-Q3'
group by country order by place;

-- Where is it, when the last quarter before the pandemic is 100?
.print
select now.country, now.period, 100 * now.value / base.value as base_100,
    (pow(now.value / base.value, 1 / 4.75) - 1) * 100 as a_year
from quarters as now
join quarters as base on base.country = now.country
    and base.period = '2019-Q4'
where now.period = '2024-Q3'
order by now.place;

-- Exports in whole millions of dollars
create table exports as
select ref_area as area, cast(year as integer) as year,
    round(cast(value as real) / 1e6) * 1e6 as value
from raw_facts where indicator = 'TX.VAL.MRCH.CD.WT';

create table g20 (area text primary key);
insert into g20 values
    ('ARG'), ('AUS'), ('BRA'), ('CAN'), ('CHN'), ('DEU'), ('FRA'), ('GBR'),
    ('IDN'), ('IND'), ('ITA'), ('JPN'), ('KOR'), ('MEX'), ('RUS'), ('SAU'),
    ('TUR'), ('USA'), ('ZAF');

create table world as
select year, value from exports where area = 'WLD';
create table sums as
select year, sum(value) as value from exports join g20 using (area)
group by year;

-- What did the G20 and all others add to growth?
.print
select now.year as period, (now.value / before.value - 1) * 100 as world_grew,
    (g20.value - g20_before.value) / before.value * 100 as by_the_g20,
    ((now.value - g20.value) - (before.value - g20_before.value))
        / before.value * 100 as by_others
from world as now
join world as before on before.year = now.year - 1
join sums as g20 on g20.year = now.year
join sums as g20_before on g20_before.year = now.year - 1
where now.year between 2016 and 2025 order by now.year;

-- Who added most in 2025?  And who took most away?
.print
create table added as
select now.area, now.year as period, (now.value / before.value - 1) * 100 as grew,
    now.value / world.value * 100 as of_world,
    (now.value - before.value) / world_before.value * 100 as added
from exports as now
join g20 using (area)
join exports as before on before.area = now.area
    and before.year = now.year - 1
join world on world.year = now.year
join world as world_before on world_before.year = now.year - 1
where now.year = 2025;
select * from added order by added desc limit 5;
.print
select * from added order by added limit 3;

-- Whose share of the world has grown most since 2015?  Whose has shrunk?
.print
create table ends as
select area, old.value as old, new.value as new,
    old.value / (select value from world where year = 2015) * 100 as in_2015,
    new.value / (select value from world where year = 2025) * 100 as in_2025,
    rank() over (order by old.value desc) as old_place,
    rank() over (order by new.value desc) as new_place
from exports as old join exports as new using (area) join g20 using (area)
where old.year = 2015 and new.year = 2025;
select area, in_2015, in_2025, in_2025 - in_2015 as shift
from ends order by shift desc limit 4;
.print
select area, in_2015, in_2025, in_2025 - in_2015 as shift
from ends order by shift limit 4;

-- Who has changed places among the G20 by two or more?
.print
select area, old_place as in_2015, new_place as in_2025
from ends where abs(old_place - new_place) >= 2 order by new_place, area;

-- And who has grown most, a year?
.print
select area, (pow(new / old, 0.1) - 1) * 100 as a_year
from ends order by a_year desc limit 5;
