# A file that may not grow any more is like a full disk: nothing lands, nothing
# is lost.
seq 1001 9999 | sed 's/$/,5/; 1s/^/period,value\n/' >many.csv
seq 1001 1600 | sed 's/$/,5/; 1s/^/period,value\n/' >some.csv
assay -q --facts base -e 'metric x yearly; metric y yearly' \
    -e 'import "some.csv" as actual x'
cp base before
blocks=$(($(wc -c <base) / 512))
# limited BLOCKS ARGUMENT...: files may have so many blocks of 512 bytes.
limited()
{
    (
        trap '' XFSZ
        ulimit -f "$1"
        shift
        assay -q --facts base "$@" 2>&1
        echo "[$?] $*"
    )
    cmp base before
    assay verify base
}
limited $((blocks + 32)) -e 'import "many.csv" as actual y'
limited $((blocks)) -e 'import "many.csv" as actual y'
for few in 1 40 90; do
    limited $few -e 'actual 2001 y = 5'
    limited $few -e undo
done
ls | grep base
