# What the blocks of a document print is compared with what it shows.
. ./try.sh
cat >report.md <<'MD'
# Exports

```assay
metric sales "Sales" flow yearly in M USD
actual sales: 2021 = 5.1, 2022 = 6.2
show sales for 2021..2022
```

which prints

```output
period  sales, M USD
2021             5.1
2022             6.3
```

A context ends with its block, what was stated stays, a policy goes on:

1. In a list, indented:

   ```` assay
   target 2023 sales = 7
   show target 2023 sales
   policy growing
   ````

   ```` OUTPUT
   6.9M USD
   ````

- ~~~assay
  rule up for every actual sales require actual > 1M USD
  check 2022 sales > 2021 sales
  ~~~

  Nothing is compared with what is empty but nothing:

  ~~~output
  ~~~

Alike, but for blanks at the ends:

```assay continue
show 2022 sales
```
```output
6.2M USD  

```

Quotations, comments, code and other marks do not run:

> ```assay
> nonsense
> ```

<!--
```assay
nonsense
```
-->

    ```assay
    nonsense
    ```

```text
```assay
nonsense
```

``` a`b
MD
cp report.md kept.md
try report.md
echo '= in other formats'
assay check report.md --format json 2>&1 | grep '"document.output"' |
    sed 's/"imbalance.*"difference"/... "difference"/; s/"facts".*"place"/... "place"/'
assay check report.md --format github
assay check report.md --format tap
assay check report.md --format markdown | sed -n '1,20p'
assay check report.md --format csv
echo '= known'
assay check report.md --write-baseline known.txt >/dev/null
cat known.txt
brief ./report.md --baseline known.txt
cmp report.md kept.md
echo '= accepted'
assay check --accept report.md
echo "[$?]"
diff kept.md report.md
brief report.md
assay check --accept report.md >/dev/null && echo 'nothing more to rewrite'
