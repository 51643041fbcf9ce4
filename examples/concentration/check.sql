-- The answers of concentration.assay, computed by another program from the same
-- files:
--
--     sqlite3 <check.sql
--
-- prints what `assay run --format csv concentration.assay` prints, without its
-- texts.  The tests compare the two, number for number.

.bail on
.mode csv
.headers off
.import data/wdi_facts.csv raw
.headers on

create table g20 (area text primary key);
insert into g20 values
    ('ARG'), ('AUS'), ('BRA'), ('CAN'), ('CHN'), ('DEU'), ('FRA'), ('GBR'),
    ('IDN'), ('IND'), ('ITA'), ('JPN'), ('KOR'), ('MEX'), ('RUS'), ('SAU'),
    ('TUR'), ('USA'), ('ZAF');

-- The G20, in whole millions of dollars; the place and the share of each.
create table parts as
select indicator, ref_area as area, cast(year as integer) as year,
    round(cast(value as real) / 1e6) * 1e6 as value
from raw join g20 on area = ref_area
where indicator in ('TX.VAL.MRCH.CD.WT', 'TX.VAL.TECH.CD');

create view shares as
select *, 100 * value / sum(value) over (partition by indicator, year) as part,
    rank() over (partition by indicator, year order by value desc) as place
from parts;

create table measures as
select indicator, year, sum(part * part) as hhi,
    10000 / sum(part * part) as sellers, count(*) as countries,
    sum(part) filter (where place <= 1) as largest,
    sum(part) filter (where place <= 2) as two,
    sum(part) filter (where place <= 4) as four
from shares group by indicator, year;

create view goods as
select * from measures where indicator = 'TX.VAL.MRCH.CD.WT';
create view high_tech as
select * from measures where indicator = 'TX.VAL.TECH.CD';

-- Who sells most high technology, and what part is that of the G20's?
select area, year as period, place, value as sold, part
from shares
where indicator = 'TX.VAL.TECH.CD' and year = 2024 and place <= 5
order by place;

-- What part is sold by the largest one, by the largest two and four?
.print
select year as period, largest, two, four
from goods where year between 2015 and 2025 order by year;

-- How concentrated is it, and to how many equal sellers does it amount?  With
-- one country missing there is no answer.
.print
select year as period, goods.hhi, goods.sellers,
    iif(high_tech.countries = 19, high_tech.hhi, null) as hhi_high_tech,
    iif(high_tech.countries = 19, high_tech.sellers, null)
        as sellers_high_tech
from goods join high_tech using (year)
where year between 2010 and 2024 order by year;

-- And among those of which the figures are known?
.print
select year as period, hhi,
    (hhi / 10000 - 1.0 / countries) / (1 - 1.0 / countries) as from_0_to_1,
    sellers, countries
from high_tech where year between 2019 and 2024 order by year;

-- Whose figure is missing?
.print
select goods.area, goods.year as period, goods.value as exports,
    null as high_tech
from parts as goods
left join parts as tech on tech.indicator = 'TX.VAL.TECH.CD'
    and tech.area = goods.area and tech.year = goods.year
where goods.indicator = 'TX.VAL.MRCH.CD.WT' and tech.value is null
    and goods.year between 2021 and 2024
order by goods.area, goods.year;
