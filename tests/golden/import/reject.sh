# Records that cannot be imported are set aside as they stand, each behind its
# line and the reason; the rest is imported.
cat >exports.csv <<'END'
year;land;usd;note
2020;KR;512.5B;good
2021;XX;1B;"a ""quoted"" remark"
2o22;KR;1B;
2023;KR;1B;too;many
2024;KR;
2025;KR;1,5;
2026;KR;1.5B;good
END
cat >exports.assay <<'END'
dimension country; member KR of country
metric exports flow yearly in USD by country
import "exports.csv" as exports (period = year, country = land, value = usd)
show exports by country for 2015..2030
END
assay run --facts base --reject bad.csv exports.assay 2>&1
echo "[$?]"; cat bad.csv
echo "--- mended, the file is imported"
sed 's/;2021;XX/;2021;KR/; s/;2o22;KR/;2022;KR/; s/;too;many/;much/
    s/;2024;KR;$/&;/; s/;1,5;$/;1.5B;/' bad.csv >exports.csv
assay run --facts base --reject bad.csv exports.assay 2>&1 | sed '/^country/,$!d'
echo "[$?]"; cat bad.csv
echo "--- two imports of one run share the file, two runs do not"
printf 'year;usd\n20x1;1\n2021;1\n' >more.csv
cat >two.assay <<'END'
metric x yearly
import "more.csv" as x (period = year, value = usd)
import "more.csv" as forecast x (period = year, value = usd)
END
assay run --quiet --reject bad.csv two.assay; cat bad.csv
assay --quiet --reject bad.csv -e 'import "more.csv" as y (period = year, value = usd)' \
    -e 'metric y yearly' -e 'import "more.csv" as y (period = year, value = usd)'
echo "[$?]"; cat bad.csv
printf 'metric y yearly\nimport "more.csv" as y (period = year, value = usd)\n' |
    assay --quiet --reject bad.csv
echo "[$?]"; cat bad.csv
echo "--- members"
printf 'code,title\nKR,Korea\n,Nowhere\nKR,Japan\ntotal,All\n' >areas.csv
assay --reject bad.csv -e 'dimension c; import "areas.csv" as members of c (name = code, title = title); list members of c' 2>&1
cat bad.csv
echo "--- a file that cannot be written, or is the one that is read"
for file in no/such more.csv /dev/full; do
    assay --facts base --reject "$file" \
        -e 'metric z yearly; import "more.csv" as z (period = year, value = usd)' 2>&1
    echo "[$?]"
done
cat more.csv
assay --facts base -e 'list metrics' --format csv
echo "--- a mapping that is wrong, or a header, cannot be set aside"
assay --reject bad.csv -e 'metric z yearly; import "more.csv" as z (period = year, value = eur)' 2>&1
echo "[$?]"
printf 'year;"usd\n2021;1\n' >more.csv
assay --reject bad.csv -e 'metric z yearly; import "more.csv" as z (period = year, value = usd)' 2>&1
echo "[$?]"
