# A file that is packed by gzip is known by its first bytes, not by its name. What
# is cut off or damaged is refused, and nothing of it is kept.
exec 2>&1
type gzip >/dev/null || exit 77
{
    echo 'year,v'
    awk 'BEGIN { for (i = 1001; i <= 9000; i++) print i "," i * 7919 % 10007 }'
} >plain.csv
gzip -nc plain.csv >packed.csv.gz
cp packed.csv.gz named.csv
cp plain.csv plain.csv.gz
{ head -n 4001 plain.csv | gzip -nc; tail -n 4000 plain.csv | gzip -nc; } >two.csv.gz
size=$(wc -c <packed.csv.gz)
for part in 5 20 $((size / 2)) $((size - 5)); do
    head -c "$part" packed.csv.gz >"cut$((part == 5 ? 1 : part == 20 ? 2 : part < size - 5 ? 3 : 4)).csv.gz"
done
{ head -c $((size - 6)) packed.csv.gz; printf '\001\002'; tail -c 4 packed.csv.gz; } >sum.csv.gz
{ head -c $((size / 2)) packed.csv.gz; printf 'damaged, this is'; tail -c +$((size / 2 + 17)) packed.csv.gz; } >damaged.csv.gz
import() {
    assay --facts "$1" -e 'metric x stock yearly' -e "import \"$2\" as x (period = year, value = v)"
    echo "[$?]"
}
import one.db packed.csv.gz
import one.db named.csv
import one.db plain.csv
import one.db two.csv.gz
assay -q --facts one.db -e 'show count(x), sum(x)'
import two.db plain.csv.gz
assay diff one.db two.db
for file in cut1 cut2 cut3 cut4 sum damaged; do
    import bad.db $file.csv.gz
done
assay --facts bad.db -e 'list imports'
assay import cut3.csv.gz
# What unpacks to very much is read piece by piece; a record without an end is
# given up.
head -c 40000000 /dev/zero | tr '\0' 7 | gzip -nc >endless.csv.gz
import bad.db endless.csv.gz
assay --facts bad.db -e 'list imports'
