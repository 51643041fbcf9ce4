# A line whose unit follows a dimension takes that of its first amount, also
# where a movement was stated before.  What is undone gives it up again.
cat >wages.assay <<'X'
dimension country "Country"
member KR of country
metric wage "Wage" stock yearly in currency of country by country
actual 2022 wage[KR] = up 3% from 2021
actual 2021 wage[KR] = 1300 KRW
actual 2023 wage[KR] = up 3% from 2022
X
assay run wages.assay - <<'X'
show wage for 2021..2023 by country
actual 2024 wage[KR] = 1500 USD
X
echo "[$?]"
head -n 4 wages.assay >names.assay
assay run --facts wages.db names.assay
assay --facts wages.db -e 'actual 2021 wage[KR] = 1300 KRW'
assay --facts wages.db -e 'show wage by country' -e 'undo'
assay --facts wages.db -e 'actual 2021 wage[KR] = 10 EUR; show wage by country'
assay -e 'dimension country; member KR of country
metric wage stock yearly in currency of country by country
actual 2022 wage[KR] = up 3% from 2021' \
    -e 'actual 2021 wage[KR] = 1300 KRW' -e 'undo' \
    -e 'actual 2021 wage[KR] = 10 EUR; show wage by country'
