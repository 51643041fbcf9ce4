# To kill a program again and again around the moment at which its work is done.
# Sets `killed` and `ended`: how often it was caught, and how often it was faster.
killed=0 ended=0
after=0 # microseconds to wait

# measure COMMAND...: runs it to its end, and waits as long from now on.
measure()
{
    begin=$(date +%s%N)
    ("$@") || echo "status $? of $*"
    after=$((($(date +%s%N) - begin) / 1000))
}

# strike COMMAND...: runs it (a function ends with `exec`: its process is the
# one that is killed), and kills it a little later than last time, if it
# was caught then, else a little earlier. Sets `caught` to 1 or 0.
strike()
{
    "$@" &
    sleep "$((after / 1000000)).$(printf %06d $((after % 1000000)))"
    kill -9 $! 2>/dev/null
    wait $! 2>/dev/null
    status=$?
    random=$(od -An -N1 -tu1 /dev/urandom)
    case $status in
    0) caught=0 ended=$((ended + 1)) after=$((after * (90 - random / 4) / 100)) ;;
    137) caught=1 killed=$((killed + 1)) after=$((after * (105 + random / 8) / 100)) ;;
    *) echo "status $status of $*" ;;
    esac
}

# sound BASE: says so when it is not.
sound()
{
    case $(assay verify "$1" 2>&1) in
    *": sound") ;;
    *)
        echo "not sound:"
        assay verify "$1" 2>&1
        ;;
    esac
}

# close WORK: the last word; each of both must have happened.
close()
{
    [ "$killed" -gt 0 ] || echo "nothing was caught"
    [ "$ended" -gt 0 ] || echo "nothing came to its end"
    echo "$1: killed at $((killed + ended)) moments"
}
