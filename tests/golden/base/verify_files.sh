# What verify says of files that are no base, or not a whole one; and of a
# command line that names none, or two.
try()
{
    assay verify "$@" 2>&1
    echo "[$?]"
}
try
try one two
try --facts one two
try none.db
mkdir folder; try folder
: >empty; try empty
echo "this is a text that is no fact base, though it is long enough" >text
cat text text >long; try long
seq 2001 2300 | sed 's/.*/actual & x = & note "n"/' >many.assay
assay -q --facts whole.db -e 'metric x yearly'
assay run -q --facts whole.db many.assay
try whole.db
sqlite3 whole.db 'PRAGMA page_count' # pages of 16384 bytes
cksum <whole.db >before
for size in 99 100 16384 100000; do
    echo "--- the first $size bytes"
    head -c "$size" whole.db >base; try base
done
zeros()
{
    echo "--- zeros from $1 on, $2 bytes"
    cp whole.db base
    head -c "$2" /dev/zero | dd of=base bs=1 seek="$1" conv=notrunc 2>/dev/null
    try base
}
zeros 0 16
zeros 16300 84
zeros 32768 8
for name in fact fact_detail metric extent; do
    page=$(sqlite3 whole.db \
        "SELECT rootpage - 1 FROM sqlite_schema WHERE name = '$name'")
    echo "--- the table $name"
    zeros $((page * 16384)) 2000 | sed 's/[0-9]\{3,\} on/N on/'
done
echo "--- another program's, and a newer version's"
cp whole.db base; sqlite3 base 'PRAGMA application_id = 7'; try base
cp whole.db base; sqlite3 base 'PRAGMA user_version = 99'; try base
echo "--- texts that would drive a terminal"
printf 'actual 2001 x = 5 by `\033[31mred`' | assay run -q --facts esc.db - 2>&1
sqlite3 esc.db "UPDATE metric SET name = char(27) || '[31m'; DELETE FROM line"
try esc.db
cksum <whole.db | cmp - before
