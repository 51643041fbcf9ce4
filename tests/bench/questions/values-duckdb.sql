/* A hundred rules in a table, and what breaks them. */
CREATE TEMP TABLE rule AS
SELECT metric, metric || '.most' || k AS name, 0.01 AS least,
    99800.0 + 20 * k AS most
FROM (SELECT DISTINCT metric FROM fact), range(10) AS limits(k);
WITH latest AS (
    SELECT metric, area, year, arg_max(value, stated) AS value
    FROM fact WHERE kind = 'actual' GROUP BY metric, area, year
)
SELECT name, format('actual {} {}[{}]', year, metric, area)
FROM latest JOIN rule USING (metric)
WHERE value < least OR value > most;
