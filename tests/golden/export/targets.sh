# What an export may not replace, and what may not be read before it is there.
exec 2>&1
cat >self.assay <<'EOF'
metric x yearly in USD
actual 2020 x = 5
export "self.assay"
EOF
cp self.assay copy.assay
assay run self.assay
echo "[$?]"
cmp self.assay copy.assay && echo "it is as it was"
printf 'metric,value,period\nx,7,2021\n' >in.csv
cat >input.assay <<'EOF'
metric x yearly in USD
import "in.csv" as actual
export "in.csv"
EOF
assay run -q input.assay
echo "[$?]"
cat in.csv
cat >late.assay <<'EOF'
metric x yearly in USD
actual 2020 x = 5
export "late.csv"
import "./late.csv"
EOF
assay run -q late.assay
echo "[$?]"
echo 'actual 2019 x = 1' >part.assay
assay run -q -e 'include "part.assay"; export "./part.assay"'
echo "[$?]"
assay -q -e 'metric x yearly in USD; export "part.assay"; include "part.assay"'
echo "[$?]"
cat part.assay
assay -q --facts base.db -e 'metric x yearly in USD; actual 2020 x = 5'
cp base.db base.csv
ln -s base.db base.assay
for file in base.csv base.db-wal base.assay; do
    assay export --facts base.db --format assay "$file"
    echo "[$?]"
done
assay --facts base.db -e 'export "base.assay"'
echo "[$?]"
assay --facts base.db -e 'export "base.csv"'
echo "[$?]"
assay verify base.db
assay --facts base.db -e 'export "{2021 x}.csv"'
echo "[$?]"
assay --facts base.db -e 'export "a\nb.csv"'
echo "[$?]"
assay --facts base.db -e 'export ""; import ""; include ""'
echo "[$?]"
assay --facts base.db -e 'export "{2020 x}.csv"'
ls *.assay *.csv
