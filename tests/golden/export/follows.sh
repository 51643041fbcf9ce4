# Units that follow a dimension: what is written is sorted all the same, first the
# amounts that settle units, then what speaks of them; it reads back as the same.
exec 2>&1
cat >figures.assay <<'EOF'
dimension country
member CN of country; member JP of country; member KR of country; member US of country
metric weight "Weight" yearly in measure of country by country
metric wage stock yearly in currency of country by country
metric prices yearly in kg by country
actual 2022 wage[US] = 60K USD
actual 2020 wage[KR] = 40M KRW
actual 2019 wage[CN] = 5 CNY
actual 2021 wage[KR] = 41M KRW up 3% from 2020
target 2023 wage[KR] = 2 * actual 2020 wage[KR]
target 2022 wage[KR] = 1.1 * actual 2020 wage[KR]
actual 2022 prices[KR] = 5
target 2021 prices[KR] = 2 * actual 2022 prices[KR]
target 2020 wage[CN] = actual 2019 wage[CN]
actual 2018 wage[CN] = 4 CNY up 2% from 2017
actual 2019 wage[JP] = 4M JPY by moef
actual 2019 wage[JP] = up 3% from 2018 by moef
actual 2019 wage[JP] = 4.5M JPY by moef
target 2019 wage[CN] = 1 * actual 2018 wage[CN]
# The amount that settles the unit stands behind a movement of its cell, which
# makes it late; so it leads what is late, with the movement.
actual 2019 weight[KR] = 7 kg
actual 2018 weight[US] = up 3% from 2017
actual 2018 weight[US] = 12 kg
target 2017 weight[KR] = 3 * actual 2018 weight[US]
using country US
target 2022 prices = 3 * 2018 weight
using country total
EOF
assay run -q --facts one.db figures.assay
assay export -q --facts one.db one.assay
sed 1,9d one.assay
assay run -q --facts two.db one.assay
assay export -q --facts two.db - | cmp - one.assay && echo "the text is the same"
assay diff one.db two.db
# The order of statement is no longer to be seen: another one gives the same.
sed -n 1,5p figures.assay >plain.assay
{
    sed -n 6,8p figures.assay | sort -r
    grep '^target 20.. wage.KR' figures.assay | sort -r
    grep '^target 2020 wage' figures.assay
} >facts
{ cat plain.assay facts; } >stated.assay
{ cat plain.assay; grep ^actual facts | sort; grep ^target facts | sort; } >sorted.assay
for text in stated sorted; do
    assay run -q --facts $text.db $text.assay
    assay export -q --facts $text.db $text.out.assay
done
cmp stated.out.assay sorted.out.assay && grep -v '^member\|^dimension\|^metric' sorted.out.assay
assay export -q --facts one.db --vocabulary names.assay
for word in "" sdmx; do
    rm -f table.db
    assay export -q --facts one.db ${word:+--format $word} one.csv
    assay run -q --facts table.db names.assay
    assay -q --facts table.db -e "import \"one.csv\" $word"
    assay export -q --facts table.db - | cmp - one.assay && echo "... and as a table"
done
