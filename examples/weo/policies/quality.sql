-- The twelve rules of quality.assay, written by hand in another language: the
-- findings, row for row, from the same file.
--
--     sqlite3 <policies/quality.sql

.bail on
.mode csv
.headers off
.import data/weo_vintages.csv raw

-- The last that was said of each cell.
create table last_said as
select kind, metric, area, year, value, day
from (
    select *, row_number() over (
        partition by kind, metric, area, year order by day desc, line desc) as n
    from (
        select
            case status when 'A' then 'actual' when 'F' then 'forecast'
                else 'estimate' end as kind,
            case concept when 'NGDP_RPCH' then 'growth_rate'
                when 'NGDPD' then 'gdp' when 'PCPIPCH' then 'inflation'
                when 'LUR' then 'unemployment'
                when 'BCA_NGDPD' then 'current_account'
                when 'TX_RPCH' then 'export_growth' when 'GGXWDG_NGDP' then 'debt'
                end as metric,
            ref_area as area, cast(year as integer) as year,
            round(cast(value as real), 3) as value, vintage as day,
            rowid as line
        from raw where value <> ''))
where n = 1;
create index cell on last_said (kind, metric, area, year);

create view change as
select a.*, b.value as before from last_said a join last_said b
    using (kind, metric, area)
where a.kind = 'actual' and b.year = a.year - 1;

create view miss as
select f.*, round(abs(f.value - a.value), 9) as miss
from last_said f join last_said a using (metric, area, year)
where f.kind = 'forecast' and a.kind = 'actual';

create table finding as
select 'has_date' as rule, kind, metric, area, year from last_said
where day = ''
union all select 'has_no_gap', kind, metric, area, year from last_said a
where kind = 'actual'
    and exists (select 1 from last_said b where b.kind = a.kind
        and b.metric = a.metric and b.area = a.area and b.year < a.year)
    and not exists (select 1 from last_said b where b.kind = a.kind
        and b.metric = a.metric and b.area = a.area and b.year = a.year - 1)
union all select 'gdp_is_positive', kind, metric, area, year from last_said
where kind = 'actual' and metric = 'gdp' and not value > 0
union all select 'gdp_jumps', kind, metric, area, year from change
where metric = 'gdp' and round(abs(value / before - 1), 12) > 0.5
union all select 'growth_is_bounded', kind, metric, area, year from last_said
where kind = 'actual' and metric = 'growth_rate' and abs(value) > 20
union all select 'inflation_is_bounded', kind, metric, area, year from last_said
where kind = 'actual' and metric = 'inflation' and not value between -10 and 100
union all select 'unemployment_is_a_share', kind, metric, area, year
from last_said
where kind = 'actual' and metric = 'unemployment' and not value between 0 and 60
union all select 'account_is_bounded', kind, metric, area, year from last_said
where kind = 'actual' and metric = 'current_account' and abs(value) > 40
union all select 'exports_are_bounded', kind, metric, area, year from last_said
where kind = 'actual' and metric = 'export_growth' and abs(value) > 50
union all select 'debt_jumps', kind, metric, area, year from change
where metric = 'debt' and round(abs(value - before), 9) > 30
union all select 'growth_was_foreseen', kind, metric, area, year from miss
where metric = 'growth_rate' and miss > 5
union all select 'inflation_was_foreseen', kind, metric, area, year from miss
where metric = 'inflation' and miss > 10;

select 'outlook.' || rule || ',fail,' || kind || ',' || metric || ',' || year
    || ',area=' || area
from finding;
