-- The answers of path.assay, computed by another program from the same files:
--
--     sqlite3 <check.sql
--
-- prints what `assay run --format csv path.assay` prints, without its texts.
-- The tests compare the two, number for number.

.bail on
.mode csv
.headers off
.import data/weo_vintages.csv raw
.headers on

-- The last actual, and the last forecast, of each year
create table facts as
select concept, area, year, status, value
from (
    select concept, ref_area as area, cast(year as integer) as year, status,
        round(cast(value as real), 3) as value,
        row_number() over (partition by concept, ref_area, year, status
            order by vintage desc) as back
    from raw
    where concept in ('NGDPD', 'GGXWDG_NGDP') and status in ('A', 'F')
)
where back = 1;
create index facts_key on facts (concept, area, status, year);

create view gdp as
select year, value / 1000 as trillion from facts
where concept = 'NGDPD' and area = 'IND' and status = 'A';
create view gdp_expected as
select year, value / 1000 as trillion from facts
where concept = 'NGDPD' and area = 'IND' and status = 'F';
create table ends as
select a.trillion as start, b.trillion as reached
from gdp as a join gdp as b on a.year = 2018 and b.year = 2024;

-- What growth a year did it take from 2018 on?  What growth came?
select (pow(5 / start, 1.0 / 6) - 1) * 100 as it_took,
    (pow(reached / start, 1.0 / 6) - 1) * 100 as came
from ends;

-- How much of it was reached, and how much of the way was done?
.print
select reached * 1e12 as reached, (reached - 5) * 1e12 as short,
    reached / 5 * 100 as of_the_goal,
    (reached - start) / (5 - start) * 100 as of_the_way
from ends;

-- Was it on the way?  At its start the two are the same figure, known to a
-- million: that does not tell.
.print
create view way as
select year, start * pow(5 / start, (year - 2018) / 6.0) as trillion
from gdp join ends;
select year as period, gdp.trillion * 1e12 as gdp, way.trillion * 1e12 as way,
    (gdp.trillion / way.trillion - 1) * 100 as above,
    case when gdp.trillion - 0.0000005 >= way.trillion then 'true'
        when gdp.trillion + 0.0000005 < way.trillion then 'false' end
        as on_track
from gdp join way using (year)
where year between 2018 and 2024 order by year;

-- In which year is it expected now?
.print
select year as period, trillion * 1e12 as expected
from gdp_expected where trillion >= 5 order by year limit 1;

-- What growth would it take to be there by 2026, and what is expected?
.print
select (sqrt(5 / reached) - 1) * 100 as it_takes,
    (sqrt(trillion / reached) - 1) * 100 as expected
from ends join gdp_expected where year = 2026;

-- Debt, in points above 60%
create table eu8 (area text primary key);
insert into eu8 values
    ('BEL'), ('DEU'), ('ESP'), ('FRA'), ('GRC'), ('ITA'), ('NLD'), ('PRT');
create view debt as
select area, year, value from facts join eu8 using (area)
where concept = 'GGXWDG_NGDP' and status = 'A';
create view debt_expected as
select area, year, value from facts join eu8 using (area)
where concept = 'GGXWDG_NGDP' and status = 'F';
create view debt_now as
select area, value as now from debt where year = 2024;

-- Where is debt, and where is it expected to be in 2030?
.print
select area, now as debt, now - 60 as above, value as expected,
    value - 60 as above_then
from debt_now join debt_expected using (area)
where year = 2030 order by now desc;

-- How many points a year would lead to 60%, and how many are expected?
.print
select area, (60 - now) / 6 as it_takes, (value - now) / 6 as expected
from debt_now join debt_expected using (area)
where year = 2030 and now > 60 order by it_takes;

-- How far off the way is each expected to be in 2027?
.print
select area, year as period, now + (60 - now) / 2 as way, value as expected,
    value - (now + (60 - now) / 2) as above
from debt_now join debt_expected using (area)
where year = 2027 and now > 60 order by above desc;

-- How much of the way from the height of 2020 had been done by 2024?
.print
select area, (now - value) / (60 - value) * 100 as done
from debt_now join debt using (area)
where year = 2020 and now > 60 order by done desc;

-- Who kept the rule of a twentieth, when it was in force?
.print
with excess as (
    select area, year, value - 60 as now,
        lag(value - 60, 1) over years as before,
        lag(value - 60, 2) over years as two_before,
        lag(value - 60, 3) over years as three_before
    from debt window years as (partition by area order by year)
), rule as (
    select *, (0.95 * before + 0.9025 * two_before + 0.857375 * three_before)
        / 3 as allowed
    from excess
)
select area, year as period, now + 60 as debt, allowed + 60 as benchmark,
    now - allowed as above, iif(now <= allowed, 'true', 'false') as kept
from rule
where year between 2018 and 2019 and now > 0
order by area, year;
