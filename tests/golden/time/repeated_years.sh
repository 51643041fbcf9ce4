# A year that stands in each of its quarters counts once, or not at all.
cat >figures.assay <<'END'
metric q "Q" flow quarterly in USD
actual q: 2020-Q1 = 1.0, 2020-Q2 = 2.0, 2020-Q3 = 3.0, 2020-Q4 = 4.0
END
for question in \
    'show sum(yearly(q)), count(yearly(q))' \
    'show q, yearly(q), max(yearly(q)), sum(q / yearly(q))' \
    'show sum(q), sum(yearly(q))' \
    'show q / sum(yearly(q))' \
    'show q, avg(2 * yearly(q) / max(q))' \
    'show q, rolling(sum, yearly(q), 2)' \
    'show q, running(sum, yearly(q))' \
    'check q > 0 and streak(yearly(q) > 5) > 1 for 2020-Q4'; do
    echo "\$ $question"
    { cat figures.assay; echo "$question"; } | assay run -q - 2>&1
    echo "[$?]"
done
