-- The answers of weo.assay, computed by another program from the same files:
--
--     sqlite3 <check.sql
--
-- prints what `assay run --format csv weo.assay` prints, without its headings.
-- The tests compare the two, number for number.

.bail on
.mode csv
.headers off
.import data/weo_vintages.csv raw
.import data/areas.csv areas
.headers on

-- A vintage is a month, and its figures were stated on the last day of it.
create table facts as
select
    date(vintage || '-01', '+1 month', '-1 day') as day,
    concept,
    ref_area as area,
    cast(year as integer) as year,
    round(cast(value as real), 3) as value,
    status,
    rowid + 1 as line
from raw;

create table growth as
select * from facts where concept = 'NGDP_RPCH';

create table g20 (area text primary key);
insert into g20 values
    ('ARG'), ('AUS'), ('BRA'), ('CAN'), ('CHN'), ('DEU'), ('FRA'), ('GBR'),
    ('IDN'), ('IND'), ('ITA'), ('JPN'), ('KOR'), ('MEX'), ('RUS'), ('SAU'),
    ('TUR'), ('USA'), ('ZAF');

-- What came out: the last actual that was stated.
create table actual as
select area, year, value
from (
    select *, row_number()
        over (partition by area, year order by day desc, line desc) as back
    from growth where status = 'A'
)
where back = 1;

-- What a vintage expected for the year after it: the last forecast that was
-- stated on its day or before.
create table ahead as
select vintage, area, year, value
from (
    select vintages.day as vintage, growth.*, row_number() over (
        partition by vintages.day, area, year
        order by growth.day desc, line desc) as back
    from (select distinct day from growth where status = 'F') as vintages
    join growth on growth.day <= vintages.day and status = 'F'
        and year = cast(strftime('%Y', vintages.day) as integer) + 1
)
where back = 1;

create table miss as
select vintage, area, year, ahead.value - actual.value as miss
from ahead join actual using (area, year);

-- What is there?
select name, title, unit, 'yearly' as frequency, 'area' as dimensions,
    count(facts.concept) as facts
from (
    select 'NGDP_RPCH' as concept, 'growth_rate' as name,
        'Growth of real GDP' as title, '%' as unit
    union all values
        ('NGDPD', 'gdp', 'GDP at current prices', 'B USD'),
        ('PCPIPCH', 'inflation', 'Rise of consumer prices', '%'),
        ('LUR', 'unemployment', 'Unemployment rate', '%'),
        ('BCA_NGDPD', 'current_account', 'Current account against GDP', '%'),
        ('TX_RPCH', 'export_growth', 'Growth of the volume of exports', '%'),
        ('GGXWDG_NGDP', 'debt', 'Gross public debt against GDP', '%')
) as metrics left join facts using (concept)
group by concept order by name;

-- Korea in 2023: what did each vintage expect, and what came out?
.print
select day as vintage, growth.value as expected, actual.value as came_out,
    growth.value - actual.value as too_high
from growth join actual using (area, year)
where area = 'KOR' and year = 2023 and status = 'F'
order by day;

-- What came out was itself corrected later.
.print
select day as stated, printf('%.3f%%', value) as figure, 'imf' as actor,
    '' as source, 'data/weo_vintages.csv:' || line as place,
    iif(row_number() over (order by day desc, line desc) = 1, 'in force',
        'superseded') as state
from growth
where area = 'KOR' and year = 2023 and status = 'A'
order by day;

-- How far off were forecasts for the year after each vintage?
.print
select vintage, year as period, avg(abs(miss)) as mean,
    max(abs(miss)) as largest, count(*) as countries
from miss where year between 2020 and 2024
group by vintage order by vintage;

-- And where was it that they were furthest off?
.print
select area, vintage, year as period, off
from (
    select *, abs(miss) as off,
        rank() over (partition by vintage order by abs(miss) desc) as place
    from miss where year between 2020 and 2024
)
where place = 1 order by vintage;

-- For which countries of the G20 were forecasts too high, on average?
.print
select area, avg(miss) as too_high from miss join g20 using (area)
group by area order by too_high desc limit 5;

-- For which were they too low, or the least too high?
.print
select area, avg(miss) as too_high from miss join g20 using (area)
group by area order by too_high limit 5;

-- How is it without 2020?
.print
select area, avg(miss) as too_high from miss join g20 using (area)
where year <> 2020
group by area order by too_high desc limit 5;

-- The world in 2020, from vintage to vintage
.print
select day as vintage, value as world from growth
where area = 'G001' and year = 2020 and status = ''
order by day;
