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
# Is the file there that an export writes, with a name or without one?
is_writing()
{
    ls out.csv.* >/dev/null 2>&1 && return 0
    ls -l /proc/$job/fd 2>/dev/null | grep -q "$PWD/#" && nameless=1
}
# A machine that is busy elsewhere may let an export end before it is stopped:
# then it is asked again.
stop_by()
{
    nameless=0
    assay export --facts many.db out.csv 2>said &
    job=$!
    tries=0
    until is_writing || [ $tries -gt 500 ]; do
        tries=$((tries + 1))
        sleep 0.01
    done
    kill -$1 $job
    wait $job 2>/dev/null
    status=$?
}
for signal in INT TERM HUP KILL; do
    stop_by $signal
    times=1
    while [ $status = 0 ] && [ $times -lt 20 ]; do
        rm -f out.csv
        times=$((times + 1))
        stop_by $signal
    done
    cat said
    [ $status -ge 128 ] && echo "$signal: stopped"
    # What is killed cleans nothing up: a file that had a name stays.
    [ $signal = KILL ] && [ $nameless = 0 ] && rm -f out.csv.*
    ls out.csv* 2>/dev/null
done
(
    ulimit -f 64
    assay export --facts many.db out.csv
    echo "[$?]"
)
ls out.csv*
true
