# Many facts of one cell cost no more than sorting them.
exec 2>&1
facts() {
    echo 'metric x yearly in USD; actor a'
    awk -v by="$1" 'BEGIN {
        for (i = 1; i <= 30000; i++) {
            printf "actual 2020 x = %d by a\n", i * by
        }
    }'
}
facts 3 >before.assay
facts 5 >after.assay
timeout 30 assay diff before.assay after.assay >told
echo "[$?]"
head -2 told
tail -1 told
