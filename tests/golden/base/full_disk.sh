# On a full disk nothing lands and nothing is lost. It needs a small file system
# of its own.
if [ "${1:-}" != inside ]; then
    for how in -rm -m; do
        unshare $how sh -c 'mkdir -p small && mount -t tmpfs none small' \
            2>/dev/null && exec unshare $how sh "$0" inside
    done
    echo "no file system can be mounted here" >&2
    exit 77
fi
mkdir -p small
mount -t tmpfs -o size=2m none small || exit 1

seq 1001 1600 | sed 's/$/,5/; 1s/^/period,value\n/' >some.csv
seq 1001 9999 | sed 's/$/,5/; 1s/^/period,value\n/' >many.csv
seq 2001 5999 | sed 's/.*/actual & y = & note "n"/' >many.assay
assay -q --facts small/base -e 'metric x yearly; metric y yearly' \
    -e 'import "some.csv" as actual x'
cp small/base before

# leave KIB: fills the disk but for so much.
leave()
{
    dd if=/dev/zero of=small/filler bs=1k 2>/dev/null
    truncate -s "-${1}K" small/filler
}
# full "SIZES" ARGUMENT...: with too little room, and in the end with enough.
full()
{
    sizes=$1
    shift
    echo "--- $*"
    for size in $sizes; do
        leave "$size"
        assay -q --facts small/base "$@" 2>&1
        echo "[$?] with $size KiB"
        rm small/filler
        cmp small/base before
        assay verify small/base
        ls small | grep -vx base
    done
    assay -q --facts small/base "$@"
    echo "[$?]"
    assay verify small/base
    cp before small/base
}
full '0 16 64' -e 'actual 2001 y = 5'
full '0 64 300' run many.assay
full '0 64 300' -e 'import "many.csv" as actual y'
full '0 16 32' -e undo
full '0 16 32' -e 'retract actual 1001 x because "r"'
full '0 16 32' -e 'retract import 3 because "r"'

echo "--- a new base"
rm small/base
leave 64
assay -q --facts small/base -e 'actual 2001 y = 5'
echo "[$?]"
rm small/filler
assay -q --facts small/base -e 'actual 2001 y = 5'
assay verify small/base

echo "--- a base of an older version"
rm small/base
sqlite3 small/base <data/version1.sql
cp small/base before
for size in 0 64 500; do
    leave $size
    assay --facts small/base -e 'show outlays' 2>&1
    echo "[$?] with $size KiB"
    rm small/filler
    cmp small/base before
    ls small | grep -vx base
done
assay --facts small/base -e 'show outlays' 2>&1
assay verify small/base
ls small
rm small/*

echo "--- no room for what is set aside for sorting"
{ echo period,value; yes 2001,5 | head -n 4720000; } >rows.csv
assay -q --facts base -e 'metric x yearly'
cp base before
TMPDIR=$PWD/small assay -q --facts base -e 'import "rows.csv" as actual x' 2>&1
echo "[$?]"
cmp base before
assay verify base
ls -A small
