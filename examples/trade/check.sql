-- The answers of trade.assay, computed by another program from the same files:
--
--     sqlite3 <check.sql
--
-- prints what `assay run --format csv trade.assay` prints, without its headings.
-- The tests compare the two, number for number.

.bail on
.mode csv
.headers off
.import data/wdi_facts.csv raw
.import data/wdi_vintages_g20.csv raw_vintages
.headers on

-- All that was published, in whole millions of dollars, and when.
create table facts as
select '2026-07-01' as day, indicator, ref_area as area,
    cast(year as integer) as year,
    round(cast(value as real) / 1e6) * 1e6 as value
from raw
union all
select vintage, indicator, ref_area, cast(year as integer),
    round(cast(value as real) / 1e6) * 1e6
from raw_vintages;

-- What was published last
create table latest as
select indicator, area, year, value
from (
    select *, row_number()
        over (partition by indicator, area, year order by day desc) as back
    from facts
)
where back = 1;

create table exports as
select area, year, value from latest where indicator = 'TX.VAL.MRCH.CD.WT';
create table imports as
select area, year, value from latest where indicator = 'TM.VAL.MRCH.CD.WT';
create table gdp as
select area, year, value from latest where indicator = 'NY.GDP.MKTP.CD';

create table g20 (area text primary key);
insert into g20 values
    ('ARG'), ('AUS'), ('BRA'), ('CAN'), ('CHN'), ('DEU'), ('FRA'), ('GBR'),
    ('IDN'), ('IND'), ('ITA'), ('JPN'), ('KOR'), ('MEX'), ('RUS'), ('SAU'),
    ('TUR'), ('USA'), ('ZAF');

create table growth as
select area, year, (now.value / before.value - 1) * 100 as growth
from exports as now join (
    select area, year + 1 as year, value from exports
) as before using (area, year);

-- How did exports grow, and what was left after imports?
select year as period, exports.value as exports, growth as on_year,
    imports.value as imports, exports.value - imports.value as balance
from exports join growth using (area, year) join imports using (area, year)
where area = 'KOR' and year between 2016 and 2025
order by year;

-- What part are Korea's exports of the world's, and of the G20's?
.print
select korea.year as period,
    korea.value / world.value * 100 as of_world,
    korea.value / sum(exports.value) * 100 as of_g20
from exports as korea
join exports as world on world.year = korea.year and world.area = 'WLD'
join exports on exports.year = korea.year
join g20 on g20.area = exports.area
where korea.area = 'KOR' and korea.year between 2016 and 2025
group by korea.year order by korea.year;

-- Who exported most in 2025, and how much is that of the country's GDP?
.print
select exports.area as area, exports.year as period, exports.value as sold,
    growth as on_year, exports.value / world.value * 100 as of_world,
    exports.value / gdp.value * 100 as of_gdp
from exports join g20 using (area) join growth using (area, year)
join gdp using (area, year)
join exports as world on world.area = 'WLD' and world.year = exports.year
where exports.year = 2025
order by sold desc limit 5;

-- What was Korea's place among them, year by year?
.print
select period, place
from (
    select year as period, area,
        rank() over (partition by year order by value desc) as place
    from exports join g20 using (area)
)
where area = 'KOR' and period between 2016 and 2025
order by period;

-- Who sold most beyond what was bought? And who least?
.print
create table balance as
select area, year as period, exports.value - imports.value as balance
from exports join imports using (area, year) join g20 using (area);
select * from balance where period = 2025 order by balance desc limit 3;
.print
select * from balance where period = 2025 order by balance limit 3;

-- What were Korea's three best years?
.print
select year as period, value as exports from exports
where area = 'KOR' order by value desc limit 3;

-- In which year did each country export most?
.print
select area, year as period, value as record
from (
    select *, rank() over (partition by area order by value desc) as place
    from exports join g20 using (area)
)
where place = 1 order by year, area;

-- Korea's GDP of 2016: when did it change?
.print
select distinct day as vintage, value as published from facts
where indicator = 'NY.GDP.MKTP.CD' and area = 'KOR' and year = 2016
order by day;

-- Whose GDP has changed most since then?
.print
select area, before.value as before, gdp.value as now,
    (gdp.value - before.value) / before.value * 100 as changed
from gdp join (
    select area, year, value,
        row_number() over (partition by area, year order by day desc) as back
    from facts
    where indicator = 'NY.GDP.MKTP.CD' and day <= '2018-08-01'
) as before using (area, year)
join g20 using (area)
where year = 2016 and back = 1
order by changed desc limit 5;
