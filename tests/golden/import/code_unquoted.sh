# A code that is more than a word or a whole number must be quoted, and the
# message says so.
printf 'year,concept,value\n2020,TX.VAL,5\n' > x.csv
for codes in 'TX.VAL: exports' 'TX-VAL: exports' 'A B: exports' \
    '01A: exports' '2020.5: exports' 'X: exports, Y/Z: exports' \
    '"TX.VAL": TX.VAL' '"TX.VAL": exports'
do
    echo "> $codes"
    printf '%s\n' 'metric exports yearly in USD' \
        "import \"x.csv\" (metric = concept {$codes}, period = year, value = value)" \
        > a.assay
    assay run a.assay 2>&1
done
