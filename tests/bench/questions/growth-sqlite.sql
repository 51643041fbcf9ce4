/* Growth on the year of the latest vintage, summed up by metric. Of nine ways
 * tried the quickest: the list of metrics lets the index give the groups in
 * order, and max() picks the value of the row that it stands in. */
WITH RECURSIVE names(metric) AS (
    SELECT min(metric) FROM fact
    UNION ALL
    SELECT (SELECT min(metric) FROM fact WHERE metric > names.metric)
    FROM names WHERE metric IS NOT NULL
),
latest AS MATERIALIZED (
    SELECT metric, area, year, value, max(stated)
    FROM fact
    WHERE kind = 'actual' AND metric IN (SELECT metric FROM names)
    GROUP BY metric, area, year
),
growth AS (
    SELECT now.metric, (now.value / before.value - 1) * 100 AS growth
    FROM latest AS now JOIN latest AS before
    ON before.metric = now.metric AND before.area = now.area
    AND before.year = now.year - 1
)
SELECT metric, count(growth), avg(growth), min(growth), max(growth)
FROM growth GROUP BY metric ORDER BY metric;
