# Into a file goes what stands in a terminal of 80 columns, whole or not at all;
# formats for programs give the rows, Markdown a fence.
exec 2>&1
cat >names.assay <<'X'
dimension country; member KR of country; member "a `` ``` fence" of country
metric exports "Exports" flow yearly in B USD by country
actual exports[KR]: 2021 = 644.4, 2022 = 683.6
actual exports["a `` ``` fence"]: 2021 = 300, 2022 = 200
X
cat names.assay - >file.assay <<'X'
plot exports by country into "chart.txt"
param name = "by_name"
plot exports by country into "{$name}.txt" for 2022
X
assay run --width 40 --color always file.assay
cat chart.txt by_name.txt
assay run -q --ascii file.assay
cat chart.txt
assay run -q --format json file.assay
echo old >chart.txt
cat file.assay - >wrong.assay <<'X'
check 2021 exports[KR] = 
X
assay run -q --diagnostics short wrong.assay
cat chart.txt
cat names.assay - >plot.assay <<'X'
plot exports by country
X
for format in csv json jsonl markdown; do
    assay run --format $format plot.assay
done
assay run --width 30 --color always plot.assay | tr '\033' '^'
for locale in C C.UTF-8 de_DE.UTF-8; do
    LC_ALL=$locale LANG=$locale assay run plot.assay | cksum
done
ls | grep "[.]\(txt\|svg\|png\|[0-9].*\)$"
