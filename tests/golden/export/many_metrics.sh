# The time for an export grows with the facts, however many metrics they are of:
# looking through all of them for each took half a minute here.
awk 'BEGIN {
    for (i = 0; i < 150000; i++)
        print "metric m" i " yearly in USD; actual 2020 m" i " = " i }' >many.assay
assay run -q --facts many.db many.assay
for file in out.assay out.csv; do
    (ulimit -t 12; assay export --facts many.db $file) 2>&1
    wc -l <$file
done
sed -n '150001,150003p' out.assay
sed -n 1,3p out.csv
