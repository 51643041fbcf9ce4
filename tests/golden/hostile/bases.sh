# Files that are no fact base: refused with status 4, and left as they were.
try()
{
    echo "--- $1"
    cksum <base >before
    for how in '' --read-only; do
        assay --facts base $how -e '2020 x = 1' 2>&1
        echo "[$?]"
    done
    cksum <base | cmp - before
    ls -A | grep -e '-journal$\|-wal$\|-shm$'
}
printf x >base; try "one byte"
printf 'year,country,value\n2020,KR,1\n2021,KR,2\n' >base; try "a text"
awk 'BEGIN { for (i = 0; i < 9000; i++) printf "%c", i % 200 + 1 }' >base
try "noise"
assay --facts whole -e '2020 x = 1' 2>/dev/null
for size in 99 100 5000 16384 40000; do
    head -c "$size" whole >base; try "the first $size bytes of a base"
done
{ head -c 16384 whole; head -c 32768 /dev/zero; tail -c +49153 whole; } >base
try "a base with two empty pages"
{ head -c 68 whole; printf '\0\0\0\7'; tail -c +73 whole; } >base
try "the base of another program"
{ head -c 60 whole; printf '\0\0\0\143'; tail -c +65 whole; } >base
try "a base of version 99"
rm base; mkdir base
echo "--- a folder"
assay --facts base -e '2020 x = 1' 2>&1; echo "[$?]"
rmdir base
echo "--- in no folder"
assay --facts no/base -e '2020 x = 1' 2>&1; echo "[$?]"
echo "--- no name"
assay --facts '' -e '2020 x = 1' 2>&1; echo "[$?]"
echo "--- names that SQLite takes for something else"
for name in :memory: 'file:mine?mode=memory'; do
    assay --facts "$name" -e '2020 x = 1' 2>/dev/null
    assay --facts "$name" -e 'x'
done
echo "--- nothing"
: >base
assay --facts base --read-only -e '2020 x = 1' 2>&1; echo "[$?]"
assay --facts base -e '2020 x = 1' 2>&1; echo "[$?]"
assay --facts base -e x
