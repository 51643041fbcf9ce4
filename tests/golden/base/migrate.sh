# A base of version 1 of the file format: brought up to date by whoever may
# write it, behind a copy; all that it said it says still.
make_base() { rm -f base*; sqlite3 base <data/version1.sql; }
try()
{
    echo "--- $*"
    assay "$@" 2>&1
    echo "[$?]"
}
make_base
cksum <base >before
sqlite3 base .dump >content
try --read-only --facts base -e 'show exports'
try verify base
cksum <base | cmp - before
try --facts base -e 'list imports; show exports by country' \
    -e 'compare target 2023 exports[KR] with actual 2021 exports[KR]' \
    -e 'show outlays, twice(outlays) as doubled; describe EA' \
    -e 'show 2021 exports[JP] as of 2022-06-01' -e 'forecast 2022 exports[KR]'
try verify base
ls base*
sqlite3 base.v1 .dump | cmp - content
try --facts base -e 'actual 2022 exports[KR] = 683.6B' -e undo -e undo \
    -e 'show exports by country'
try verify base
ls base*
# Two at once: one does it, the other finds it done.
make_base
for i in 1 2 3 4; do
    assay --facts base -q -e "actual 199$i exports[KR] = $i" &
done
wait
ls base*
assay -q --facts base --format csv -e 'show exports[KR] for 1990..2000'
assay verify base
# A copy that is there is not replaced.
cp base.v1 base
echo mine >base.v1
try --facts base -e '2021 exports[KR]'
cat base.v1
sqlite3 base.v1.2 .dump | cmp - content
