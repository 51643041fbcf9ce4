/* Growth on the year of the latest vintage, summed up by metric. QUALIFY
 * row_number() takes as long; lag() in place of the join takes longer. */
WITH latest AS (
    SELECT metric, area, year, arg_max(value, stated) AS value
    FROM fact WHERE kind = 'actual' GROUP BY metric, area, year
),
growth AS (
    SELECT now.metric, (now.value / before.value - 1) * 100 AS growth
    FROM latest AS now JOIN latest AS before
    ON before.metric = now.metric AND before.area = now.area
    AND before.year = now.year - 1
)
SELECT metric, count(growth), avg(growth), min(growth), max(growth)
FROM growth GROUP BY metric ORDER BY metric;
