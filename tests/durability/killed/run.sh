# One process with many transactions. Each says on standard error which
# metric it has declared, once it is done: all of those are there, and of the
# others at most the one in work.
. ./strike.sh
work()
{
    set --
    for i in $(seq 1000 1060); do
        set -- "$@" -e "actual 2001 m$i = $i"
    done
    exec assay --facts base "$@" 2>said
}
measure work
whole=$after
for i in $(seq 10); do
    rm -f base base-journal
    : >said # who is killed before it is opened has said nothing
    after=$((whole * $(od -An -N2 -tu2 /dev/urandom) / 65536))
    strike work
    sed 's,.*new metric \(m[0-9]*\).*,\1,' said >expected
    assay --facts base --format csv -e 'list metrics' | sed 1d |
        cut -d , -f 1 >now
    sound base
    cmp -s now expected || echo "m$((1000 + $(wc -l <expected)))" >>expected
    cmp now expected
    sqlite3 base "SELECT 'm' || coefficient FROM fact ORDER BY 1" | cmp - now
done
[ "$killed" -gt 3 ] || echo "hardly anything was caught"
echo "many transactions: killed at 10 moments"
