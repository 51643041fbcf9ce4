# Killed on the way from version 1 to this one: what is opened next is whole,
# and so is each copy that was kept.
. ./strike.sh
sqlite3 before <version1.sql
sqlite3 before "
    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n
        WHERE i < 7999)
    INSERT INTO fact SELECT 1, 1, 1, 1000 + i / 20, 1, i % 20, 8 + i, i, 8, 0,
        0, 0, 2, 1 FROM n;
    INSERT INTO extent SELECT metric, frequency, kind, period, count(*),
        max(day) FROM fact WHERE period < 1900 GROUP BY period;
    UPDATE counter SET record = (SELECT max(record) FROM fact)"
sqlite3 before .dump >content
work() { exec assay -q --facts base -e 'print "done"' >/dev/null; }
cp before base
measure work
assay -q --facts base --format csv -e 'show exports by country' >answer
for i in $(seq 12); do
    rm -f base base-journal base.v1*
    cp before base
    strike work
    ls | grep 'base\.v1$\|base\.v1\.[0-9]*$' >copies
    while read -r copy; do
        sqlite3 "$copy" .dump | cmp - content
    done <copies
    assay -q --facts base --format csv -e 'show exports by country' |
        cmp - answer
    sound base
    ls | grep 'part\|journal'
    sqlite3 base.v1 .dump | cmp - content
done
close "bringing up to date"
