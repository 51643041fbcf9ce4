# A line whose unit only amounts settle that were taken back: a table tells the
# first of them, and that it was taken back, since all others rest on it.
exec 2>&1
cat >figures.assay <<'END'
dimension country
member KR of country; member US of country; member JP of country; member CN of country
metric pay stock yearly in currency of country by country
metric wage stock yearly in currency of country by country
metric prices yearly in KRW
actor moef; source survey on 2020-02-03
actual 2019 wage[KR] = about 5M KRW by moef source survey note "first"
actual 2020 wage[KR] = 6M KRW by moef on 2021-03-04
retract actual 2019 wage[KR] by moef on 2022-01-01 because "a \"misprint\"\nof {ours}, and more"
retract actual 2020 wage[KR] because "another"
target 2021 prices = 2 * actual 2020 wage[KR]
actual 2020 pay[KR] = 5 KRW
target 2021 pay[KR] = 7 KRW up 3% from 2020
retract actual 2020 pay[KR] because "x"
actual 2020 pay[US] = 5 USD
retract actual 2020 pay[US] because "one that settles nothing: another does"
actual 2021 pay[US] = 0K USD
actual 2020 pay[CN] = 1 CNY
retract actual 2020 pay[CN] because "nothing else is left of the line"
END
assay run -q --facts one.db figures.assay
assay export -q --facts one.db one.assay
assay export -q --facts one.db --vocabulary names.assay
for word in "" sdmx; do
    rm -f two.db three.db
    assay export --facts one.db --format "${word:-csv}" one.csv
    cat one.csv
    assay run -q --facts two.db names.assay
    assay -q --facts two.db -e "import \"one.csv\" $word"
    assay export -q --facts two.db --format "${word:-csv}" - | cmp - one.csv && echo "the table is the same"
    assay export -q --facts two.db two.assay
    diff one.assay two.assay
    assay run -q --facts three.db two.assay
    assay export -q --facts three.db - | cmp - two.assay && echo "its text reads back"
    assay verify --facts two.db
done
sed 's/because.*/nobody knows why"/' one.csv >wrong.csv
rm two.db
assay run -q --facts two.db names.assay
assay -q --facts two.db -e 'import "wrong.csv" sdmx'
