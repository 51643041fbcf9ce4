/* What all functions need is put into a table first, with the year before in
 * its row: that is much quicker than twenty passes over the facts. */
CREATE TEMP TABLE side AS
SELECT metric, area, year,
    arg_max(value, stated) FILTER (kind = 'actual') AS actual,
    arg_min(value, stated) FILTER (kind = 'actual') AS release,
    arg_max(value, stated) FILTER (kind = 'target') AS target,
    arg_max(value, stated) FILTER (kind = 'forecast') AS forecast
FROM fact GROUP BY metric, area, year;
CREATE TEMP TABLE pair AS
SELECT now.metric, now.area, now.year, now.actual, before.actual AS before
FROM side AS now LEFT JOIN side AS before
ON before.metric = now.metric AND before.area = now.area
AND before.year = now.year - 1;
/* growth, change, loggrowth */
SELECT metric, avg(actual / before - 1) * 100
FROM pair GROUP BY metric ORDER BY metric;
SELECT metric, avg(abs(actual - before)) * 1e9
FROM pair GROUP BY metric ORDER BY metric;
SELECT metric, avg(ln(actual / before)) * 100
FROM pair GROUP BY metric ORDER BY metric;
/* contribution */
SELECT metric, avg(abs(actual - before) / whole) * 100
FROM pair JOIN (
    SELECT metric, year, sum(actual) AS whole FROM side GROUP BY metric, year
) AS whole USING (metric)
WHERE whole.year = pair.year - 1
GROUP BY metric ORDER BY metric;
/* vs_avg, mavg */
SELECT metric, avg(actual - mean) * 1e9 FROM (
    SELECT metric, actual,
        avg(actual) OVER five AS mean, count(*) OVER five AS years
    FROM side
    WINDOW five AS (PARTITION BY metric, area ORDER BY year
        ROWS BETWEEN 5 PRECEDING AND 1 PRECEDING)
) WHERE years = 5 GROUP BY metric ORDER BY metric;
SELECT metric, max(mean) * 1e9 FROM (
    SELECT metric, avg(actual) OVER five AS mean, count(*) OVER five AS years
    FROM side
    WINDOW five AS (PARTITION BY metric, area ORDER BY year
        ROWS BETWEEN 4 PRECEDING AND CURRENT ROW)
) WHERE years = 5 GROUP BY metric ORDER BY metric;
/* index */
SELECT metric, avg(side.actual / base.actual) * 100
FROM side JOIN (SELECT metric, area, actual FROM side WHERE year = 2000) AS base
USING (metric, area) GROUP BY metric ORDER BY metric;
/* peak, drawdown */
SELECT metric, avg(peak) * 1e9 FROM (
    SELECT metric,
        max(actual) OVER (PARTITION BY metric, area ORDER BY year) AS peak
    FROM side
) GROUP BY metric ORDER BY metric;
SELECT metric, avg(actual / peak - 1) * 100 FROM (
    SELECT metric, actual,
        max(actual) OVER (PARTITION BY metric, area ORDER BY year) AS peak
    FROM side
) GROUP BY metric ORDER BY metric;
/* share, rank */
SELECT metric, max(share) * 100 FROM (
    SELECT metric, max(actual) / sum(actual) AS share
    FROM side GROUP BY metric, year
) GROUP BY metric ORDER BY metric;
SELECT metric, sum(place) FROM (
    SELECT metric,
        rank() OVER (PARTITION BY metric, year ORDER BY actual DESC) AS place
    FROM side
) GROUP BY metric ORDER BY metric;
/* hhi */
SELECT metric, avg(index) * 1e4 FROM (
    SELECT metric, sum(actual * actual) / sum(actual) ** 2 AS index
    FROM side GROUP BY metric, year
) GROUP BY metric ORDER BY metric;
/* cr: of equal figures all count that reach the fourth place. */
SELECT metric, avg(share) * 100 FROM (
    SELECT metric, sum(actual) FILTER (place <= 4) / sum(actual) AS share
    FROM (
        SELECT metric, year, actual, rank() OVER
            (PARTITION BY metric, year ORDER BY actual DESC) AS place
        FROM side
    ) GROUP BY metric, year
) GROUP BY metric ORDER BY metric;
/* median, iqr */
SELECT metric, avg(middle) * 1e9 FROM (
    SELECT metric, median(actual) AS middle FROM side GROUP BY metric, year
) GROUP BY metric ORDER BY metric;
SELECT metric, avg(quartiles[2] - quartiles[1]) * 1e9 FROM (
    SELECT metric, quantile_cont(actual, [0.25, 0.75]) AS quartiles
    FROM side GROUP BY metric, year
) GROUP BY metric ORDER BY metric;
/* zscore */
SELECT metric, max(score) FROM (
    SELECT metric, (max(actual) - avg(actual)) /
        nullif(stddev_samp(actual), 0) AS score
    FROM side GROUP BY metric, year
) GROUP BY metric ORDER BY metric;
/* gap_pct, attainment, rmse, mar */
SELECT metric, avg((forecast - actual) / actual) * 100
FROM side GROUP BY metric ORDER BY metric;
SELECT metric, avg(actual / target) * 100
FROM side GROUP BY metric ORDER BY metric;
SELECT metric, sqrt(avg((forecast - actual) ** 2)) * 1e9
FROM side GROUP BY metric ORDER BY metric;
SELECT metric, avg(abs(actual - release)) * 1e9
FROM side GROUP BY metric ORDER BY metric;
