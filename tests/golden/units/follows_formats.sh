# Formats for programs give the unit of each row.
cat >wage.assay <<'END'
dimension country; member KR of country; member JP of country
metric wage flow yearly in currency of country by country
actual 2020 wage[KR] = 40M KRW; actual 2020 wage[JP] = 5M JPY
show wage, growth(wage) by country
END
for format in csv json jsonl markdown; do
    assay run --format $format wage.assay
done
