/* A hundred rules in a table, and what breaks them. */
CREATE TEMP TABLE rule AS
SELECT metric, metric || '.most' || k AS name, (500.0 + 100 * k) * 1e6 AS most
FROM (SELECT DISTINCT metric FROM fact), range(10) AS limits(k);
WITH latest AS (
    SELECT metric, area, year, arg_max(value, stated) AS value
    FROM fact WHERE kind = 'actual' GROUP BY metric, area, year
),
growth AS (
    SELECT now.metric, now.area, now.year,
        (now.value / before.value - 1) * 100 AS growth
    FROM latest AS now JOIN latest AS before
    ON before.metric = now.metric AND before.area = now.area
    AND before.year = now.year - 1
)
SELECT name, format('actual {} {}[{}]', year, metric, area)
FROM growth JOIN rule USING (metric)
WHERE growth > most;
