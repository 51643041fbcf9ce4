# A table is told by the end of its name, in letters of any size, and SDMX-CSV by
# its header; both may be packed.
exec 2>&1
cat >base.assay <<'END'
dimension country; member KR of country
metric x yearly in USD by country
actual 2020 x[KR] = 5K USD by oecd
actual 2021 x[KR] >= 7K USD
END
assay run -q --facts base.db base.assay
assay export -q --facts base.db TABLE.CSV
assay -q --facts base.db -e 'export "Sdmx.Csv" sdmx'
tr , '\t' <TABLE.CSV >TABLE.TSV
gzip -c TABLE.CSV >TABLE.CSV.GZ
gzip -c TABLE.TSV >table.tsv.gz
gzip -c Sdmx.Csv >SDMX.csv.gz
for file in TABLE.CSV TABLE.TSV TABLE.CSV.GZ table.tsv.gz Sdmx.Csv SDMX.csv.gz; do
    echo "$file: $(assay diff base.db $file), $(assay diff $file base.assay)"
    rm -f other.db
    sed '/actual/d' base.assay >names.assay
    assay run -q --facts other.db names.assay
    case $file in [Ss]*) form=sdmx ;; *) form= ;; esac
    assay -q --facts other.db -e "actor oecd; import \"$file\" $form"
    assay diff base.db other.db
done
sed 's/,5,/,6,/' Sdmx.Csv >changed.csv
assay diff base.db changed.csv
assay diff TABLE.CSV SDMX.csv.gz
printf 'DATAFLOW,TIME_PERIOD,OBS_VALUE\nX:Y(1.0),2020,5\n' >foreign.csv
assay diff base.db foreign.csv
assay import TABLE.CSV.GZ
