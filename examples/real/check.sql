-- The answers of real.assay, computed by another program from the same files:
--
--     sqlite3 <check.sql
--
-- prints what `assay run --format csv real.assay` prints, without its texts.
-- The tests compare the two, number for number.

.bail on
.mode csv
.headers off
.import data/wdi_facts.csv raw
.headers on

create table five (area text primary key);
insert into five values ('DEU'), ('JPN'), ('KOR'), ('TUR'), ('USA');

create table facts as
select indicator, ref_area as area, cast(year as integer) as year,
    cast(value as real) as value
from raw join five on area = ref_area;

-- One line for each country and year; money in millions, the rest to three
-- decimals, people as counted.
create table figures as
select area, year,
    max(round(value / 1e6) * 1e6) filter (where indicator = 'NY.GDP.MKTP.CD')
        as gdp,
    max(value) filter (where indicator = 'SP.POP.TOTL') as people,
    max(round(value, 3)) filter (where indicator = 'NY.GDP.PCAP.CD')
        as published,
    max(round(value, 3)) filter (where indicator = 'NY.GDP.MKTP.KD.ZG')
        as growth,
    max(round(value, 3)) filter (where indicator = 'NY.GDP.DEFL.KD.ZG')
        as prices,
    max(round(value, 3)) filter (where indicator = 'FP.CPI.TOTL.ZG')
        as inflation,
    max(round(value, 3)) filter (where indicator = 'PA.NUS.FCRF') as won
from facts group by area, year;

-- Growth linked from 2016 on: 1 in 2015; nothing behind a gap.
create table links as
select area, year, gdp, people,
    iif(count(growth) over years = year - 2015,
        coalesce(exp(sum(ln(1 + growth / 100)) over years), 1), null)
        as volume,
    iif(count(prices) over years = year - 2015,
        coalesce(exp(sum(ln(1 + prices / 100)) over years), 1), null)
        as prices,
    iif(count(inflation) over years = year - 2015,
        coalesce(exp(sum(ln(1 + inflation / 100)) over years), 1), null)
        as consumer_prices
from (
    select area, year, gdp, people, iif(year > 2015, growth, null) as growth,
        iif(year > 2015, prices, null) as prices,
        iif(year > 2015, inflation, null) as inflation
    from figures where year >= 2015
)
window years as (partition by area order by year);

-- What is produced for each person, and is it what is published?  GDP is known
-- to a million, the published figure to a thousandth of a dollar.
select area, year as period, gdp, people as population,
    gdp / people as a_head, published,
    iif(abs(gdp / people - published) <= 5e5 / people + 0.001, 'true', 'false')
        as agrees
from figures where year = 2025 order by area;

-- GDP in won grew by prices and by volume: what is left is what is published?
.print
with won as (
    select *, gdp * won as current,
        lag(gdp * won) over (partition by area order by year) as before
    from figures where area = 'KOR'
), rest as (
    select *, (current / before / (1 + prices / 100) - 1) * 100 as rest
    from won
)
select area, year as period, current, (current / before - 1) * 100 as grew,
    prices, rest as left, growth as published,
    iif(abs(rest - growth) <= 0.0015, 'true', 'false') as agrees
from rest where year between 2016 and 2025 order by year;

-- In prices of 2015?
.print
select links.area, links.year as period, links.gdp * won as current,
    links.gdp * won / links.prices as of_2015, 100 * links.prices as deflator
from links join figures using (area, year)
where area = 'KOR' and year between 2015 and 2025 order by year;

-- Where is GDP in 2025, when 2015 is 100: in dollars, in volume, a head?
.print
select area, now.year as period, 100 * now.gdp / base.gdp as in_dollars,
    100 * now.volume as in_volume,
    100 * now.volume / (now.people / base.people) as a_head
from links as now join links as base using (area)
where now.year = 2025 and base.year = 2015 order by a_head desc;

-- What does each person produce in dollars of 2015, and how did it grow?
.print
with ends as (
    select area, now.year as period, base.gdp / base.people as in_2015,
        base.gdp * now.volume / now.people as in_2025
    from links as now join links as base using (area)
    where now.year = 2025 and base.year = 2015
)
select *, (pow(in_2025 / in_2015, 0.1) - 1) * 100 as a_year
from ends order by in_2025 desc;

-- What would 100 of 2015 cost in 2024 and 2025, in each country's own money?
.print
select area, year as period, 100 * consumer_prices as for_consumers,
    100 * prices as in_all
from links where year between 2024 and 2025 order by area, year;
