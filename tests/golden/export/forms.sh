# Tables with tabs, and packed ones, whose names tell them in letters of any size;
# they read back to the same, and the same facts give the same bytes.
exec 2>&1
cat >figures.assay <<'END'
dimension `a,b;c`; member "x	y" of `a,b;c`; member "p,q" of `a,b;c`
metric x yearly in USD by `a,b;c`
actual 2020 x["x	y"] = 5K USD note "a tab	here"
actual 2020 x["p,q"] = 0M USD note "a, comma and \"quotes\"\nin two lines"
actual 2021 x["p,q"] in 5 .. 7 USD
END
assay run -q --facts one.db figures.assay
assay export -q --facts one.db --vocabulary names.assay
assay export -q --facts one.db one.tsv
cat -A one.tsv
assay export -q --facts one.db --format tsv | cmp - one.tsv
for file in one.CSV one.Tsv one.csv.gz one.TSV.GZ; do
    assay export -q --facts one.db $file
    cp $file again
    assay --facts one.db -e "export \"$file\""
    cmp $file again
    rm -f two.db
    assay run -q --facts two.db names.assay
    assay --facts two.db -e "import \"$file\""
    assay diff one.db two.db
done
gzip -dc one.csv.gz | cmp - one.CSV
gzip -dc one.TSV.GZ | cmp - one.tsv
assay export --facts one.db --format sdmx one.csv.gz
gzip -dc one.csv.gz
assay diff one.db one.csv.gz
assay export --facts one.db one.xls
assay -q --facts one.db -e 'export "one.assay.gz"'
assay export --facts one.db --format json
ls one.*
if [ -w /dev/full ]; then
    assay export --facts one.db --format csv /dev/full || echo "[$?]"
fi
