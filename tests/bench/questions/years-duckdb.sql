/* Years that have all their months, and their growth. */
WITH yearly AS (
    SELECT area, year(month) AS year, sum(value) AS value
    FROM orders GROUP BY area, year(month) HAVING count(*) = 12
),
growth AS (
    SELECT avg((now.value / before.value - 1) * 100) AS growth
    FROM yearly AS now JOIN yearly AS before
    ON before.area = now.area AND before.year = now.year - 1
)
SELECT 'orders', count(*), avg(value) * 1e9, max(value) * 1e9, any_value(growth)
FROM yearly, growth;
