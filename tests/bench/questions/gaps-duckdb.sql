/* Target, latest forecast and actual side by side, their gaps summed up by
 * metric, in USD. One pass beats a join of three lists, and one row for each
 * kind. */
WITH side AS (
    SELECT metric, area, year,
        arg_max(value, stated) FILTER (kind = 'actual') AS actual,
        arg_max(value, stated) FILTER (kind = 'target') AS target,
        arg_max(value, stated) FILTER (kind = 'forecast') AS forecast
    FROM fact GROUP BY metric, area, year
)
SELECT metric, count(actual), avg(target - actual) * 1e9,
    avg(forecast - actual) * 1e9
FROM side GROUP BY metric ORDER BY metric;
