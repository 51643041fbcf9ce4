# What a check of a block comes to is a verdict where no output block shows it.
. ./try.sh
cat >report.md <<'MD'
# Exports

```assay
metric sales "Sales" flow yearly in M USD
actual sales: 2021 = 5.1, 2022 = 6.2, 2023 = 4
target 2024 sales = 9
check 2022 sales > 2021 sales
check 2023 sales > 5
check sales > 4.5M USD for 2021..2023
check sales > 3M USD
    for 2021..2022
```

Shown, so nobody is surprised:

```assay
check 2023 sales > 5
```
```output
check  2023 sales, M USD
false                  4
```

- In a list:

  ~~~assay
  check 2024 sales >= target 2024 sales
  show sales for 2023
  check not (2023 sales < 5)
  ~~~

```assay
explain check 2023 sales > 5
check sales > 0 for 2021..2023 where sales > 100
```
MD
try report.md
echo '= other reports'
assay check -q --github report.md 2>/dev/null | grep -v notice
assay check -q --format tap report.md | grep '^ok\|^not ok\|^1'
echo '= known, and accepted outputs'
assay check -q --write-baseline known.txt report.md >/dev/null
cat known.txt
sed -i '3i\
' report.md
assay check -q --baseline known.txt report.md | tail -n 2
assay check -q --accept report.md | tail -n 1
echo '= what runs without a document tells by its status'
brief figures.assay report.md
echo 'check 1 > 2' >ask.assay
assay check ask.assay
echo "[$?]"
