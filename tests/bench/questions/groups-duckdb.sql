/* The share of each area in all of its year, and its rank among them. One pass
 * over a window each; a join with a list of sums instead takes longer. */
WITH latest AS (
    SELECT metric, area, year, arg_max(value, stated) AS value
    FROM fact WHERE kind = 'actual' GROUP BY metric, area, year
),
placed AS (
    SELECT metric,
        value / sum(value) OVER (PARTITION BY metric, year) * 100 AS share,
        rank() OVER (PARTITION BY metric, year ORDER BY value DESC) AS place
    FROM latest
)
SELECT metric, count(share), max(share), sum(place), max(place)
FROM placed GROUP BY metric ORDER BY metric;
