# Memory is asked for before it is taken.
. ./try.sh
if [ -n "$ASAN_OPTIONS" ] || ! (ulimit -v 4000000) 2>/dev/null; then
    echo 'the memory of a process cannot be limited here' >&2
    exit 77
fi
awk 'BEGIN {
    print "dimension c; metric wide daily in USD by c"
    for (i = 0; i < 3000; i++) print "member x" i " of c"
    print "metric days stock daily in USD by c"
    for (i = 0; i < 3000; i++)
        print "actual days[x" i "]: 1800-01-01 = 1, 2200-01-01 = 2"
}' >huge.assay
rule 'policy p' 'rule huge for every actual days require days > 0'
(ulimit -v 2000000; brief --max-memory 100 rule.assay huge.assay)
