# What ends a run by a signal leaves no half a file beside the target.
exec 2>&1
awk 'BEGIN {
    print "metric x daily in USD; actor a"
    for (i = 0; i < 400000; i++) {
        printf "actual %d-%02d-%02d x = %d by a\n", 1600 + int(i / 336) % 800,
            1 + int(i / 28) % 12, 1 + i % 28, i
    }
}' >many.assay
assay run -q --facts many.db many.assay
for signal in INT TERM HUP; do
    assay export --facts many.db out.csv &
    job=$!
    tries=0
    until ls out.csv.* >/dev/null 2>&1 || [ $tries -gt 500 ]; do
        tries=$((tries + 1))
        sleep 0.01
    done
    kill -$signal $job
    wait $job
    status=$?
    [ $status -ge 128 ] && echo "$signal: stopped"
    ls out.csv* 2>/dev/null
done
(
    ulimit -f 64
    assay export --facts many.db out.csv
    echo "[$?]"
)
ls out.csv*
true
