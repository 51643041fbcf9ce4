# A base, or a folder, that may not be written: questions are answered, all else
# is refused, and nothing changes. Rights do not bind root, so root lays down
# the capability to pass over them.
if [ "$(id -u)" = 0 ] && [ "${1:-}" != inside ]; then
    setpriv --bounding-set=-dac_override,-dac_read_search true 2>/dev/null &&
        exec setpriv --bounding-set=-dac_override,-dac_read_search \
            sh "$0" inside
fi
mkdir folder locked
chmod 555 locked
if (: >locked/file) 2>/dev/null; then
    echo "rights do not bind here" >&2
    exit 77
fi
assay -q --facts base -e 'metric x yearly; actual 2001 x = 5'
assay -q --facts folder/base -e 'metric x yearly; actual 2001 x = 5'
sqlite3 folder/old <data/version1.sql
cp base unreadable
chmod 444 base
chmod 0 unreadable
chmod 555 folder
cksum base folder/* >before
try()
{
    echo "--- $*"
    assay "$@" 2>&1
    echo "[$?]"
}
try --facts base --format csv -e '2001 x'
try --facts base -e 'actual 2002 x = 6'
try --facts base -e undo
try --facts base -e 'import "none.csv" as actual x'
try verify base
try --facts folder/base --format csv -e '2001 x'
try --facts folder/base -e 'actual 2002 x = 6'
try --facts folder/base -e undo
try verify folder/base
try --facts folder/old -e 'show exports'
try --facts locked/new -e 'actual 2002 x = 6'
try --facts unreadable -e 'actual 2002 x = 6'
try --facts unreadable --read-only -e '2002 x'
try verify unreadable
cksum base folder/* | cmp - before
ls -A folder locked
chmod 755 folder locked
