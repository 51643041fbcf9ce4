# A name that comes later changes nothing of what a formula speaks of: in the
# base, in what is exported, and in what is read back.
exec 2>&1
names='dimension country; member KR of country; member G of country = KR; dimension partner
metric x yearly in USD by country, partner; metric y yearly in USD by country
actor moef'
facts='actual 2020 x[KR] = 5; actual 2020 y[KR] = 7 by moef; param who = "KR"
target 2020 x = 1.1 * 2020 x[KR]
target 2021 y = up 5% from 2020 y[KR]
target 2022 y[KR] = 2020 y[KR] * 2
target 2023 y = 2020 y[$who] + 2020 y[KR, moef] + sum(2020 y over country in G)'
later='actual 2021 y[country = KR] = 6 by KR; member KR of partner
actual 2021 x[country = KR] = 6 by KR'
assay -q --facts one.db -e "$names" -e "$facts" -e "$later"
question='show target 2020 x, target 2021 y, target 2022 y[country = KR], target 2023 y'
assay --facts one.db -e "$question"
for form in assay csv; do
    assay export --facts one.db "one.$form"
done
cat one.assay one.csv
assay diff one.db one.assay
assay diff one.db one.csv
assay run -q --facts two.db one.assay
assay --facts two.db -e "$question"
assay verify two.db
