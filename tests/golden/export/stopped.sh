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
# On a busy machine an export may come to its end before the signal: then it is
# tried again.
stop() # SIGNAL
{
    nameless=0
    tries=0
    assay export --facts many.db out.csv 2>message &
    job=$!
    until is_writing || [ $tries -gt 500 ]; do
        tries=$((tries + 1))
        sleep 0.01
    done
    kill -$1 $job 2>/dev/null
    wait $job 2>/dev/null
    [ $? -ge 128 ] && return 0
    rm -f out.csv
    return 1
}
for signal in INT TERM HUP KILL; do
    rounds=0
    until stop $signal || [ $rounds -gt 20 ]; do
        rounds=$((rounds + 1))
    done
    # A signal in the first moment ends the program before it can say so.
    grep -v "E0611.: interrupted" message
    [ $rounds -le 20 ] && echo "$signal: stopped"
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
