/* Changes from one day to the next where both are known, then the last price of
 * each month. */
SELECT 'prices', count(*), avg(abs(now.value - before.value)),
    max(now.value - before.value)
FROM prices AS now JOIN prices AS before
ON before.area = now.area AND before.day = now.day - 1;
SELECT 'prices', count(*), avg(value) FROM (
    SELECT arg_max(value, day) AS value
    FROM prices GROUP BY area, date_trunc('month', day)
);
