# A transaction that was cut short after half of it was in the file: who may
# only read says so and leaves it, who may write takes it back.
seq 1001 9999 | sed 's/$/,5/; 1s/^/period,value\n/' >many.csv
assay -q --facts whole -e 'metric x yearly' -e 'import "many.csv" as actual x'
cp whole base
mkfifo pipe
sqlite3 base <pipe >said &
exec 3>pipe
echo "PRAGMA cache_size = 2; BEGIN; UPDATE fact SET coefficient = 7;
    SELECT 'half';" >&3
until grep -qs half said; do sleep 0.02; done
kill -9 $!
wait $! 2>/dev/null
exec 3>&-
cmp -s base whole || echo "the file is half written"
ls base*
cp base half; cp base-journal half-journal
for how in '--read-only --facts base -e x' 'verify base'; do
    assay $how 2>&1
    echo "[$?]"
done
cmp base half; cmp base-journal half-journal
assay --facts base --format csv -e '2001 x'
cmp base whole
assay verify base
ls base*
# A journal that belongs to no transaction is no matter to who may write.
for text in '' 'noise that is no journal of any transaction'; do
    printf '%s' "$text" >whole-journal
    assay --facts whole --format csv -e '2001 x'
    assay verify whole
done
