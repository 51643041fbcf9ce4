# A base whose details are lost is neither exported nor compared as if nothing had
# been said.
if ! command -v sqlite3 >/dev/null; then
    echo "sqlite3 is missing" >&2
    exit 77
fi
exec 2>&1
assay -q --facts one.db -e 'metric x yearly in USD
actual 2020 x = 5 note "first"
target 2021 x = 2020 x * 2
target 2022 x = 7'
cp one.db whole.db
sqlite3 one.db 'DELETE FROM fact_detail'
for file in one.assay one.csv; do
    assay export --facts one.db "$file"
    echo "[$?]"
    test -e "$file" || echo "nothing was written"
done
assay diff one.db whole.db
echo "[$?]"
assay diff whole.db one.db
echo "[$?]"
assay --facts one.db -e 'history x'
echo "[$?]"
