# Folders in the order of bytes, standard input, Markdown, CSV.
. ./try.sh
mkdir -p tree/b tree/B tree/.hidden
echo 'rule one for every target exports require target < 0 severity info' >tree/b/one.assay
echo 'rule two for every target exports require target < 0 severity info' >tree/B/two.assay
echo 'rule bad for' >tree/.hidden/bad.assay
echo 'not assay at all' >tree/notes.txt
brief tree figures.assay
brief figures.assay tree/ tree/b/one.assay
mkdir none
brief none
echo '= standard input'
assay check -q - figures.assay <tree/b/one.assay | grep -v '^   \|^$'
assay check -q --format csv - tree/b <figures.assay | cut -d , -f 1-4,22-23
echo '= Markdown'
cat >report.md <<'END'
# A report

```assay
metric sales "Sales" flow yearly in M USD
actual 2023 sales = 5
```

Not this one:

```
rule broken
```

~~~ assay
rule low "Sales are up" for every actual sales
    require actual > 10M USD
~~~
END
try report.md
echo '= CSV'
printf 'kind,period,metric,country,value\ntarget,2024,exports,KR,720\n' >more.csv
echo 'rule a for every target exports for 2024 require target < 700B' >rule.assay
try figures.assay more.csv rule.assay
printf 'year,usd_bn\n2024,720\n' >targets.csv
cat figures.assay - >importing.assay <<'END'
import "targets.csv" as target exports (period = year, value = usd_bn, country = "KR")
END
brief importing.assay rule.assay
brief importing.assay rule.assay targets.csv
brief targets.csv importing.assay rule.assay
brief figures.assay rule.assay targets.csv
echo '= names lean on each other across files'
echo 'member NL of country; member BENELUX of country = NL + BE' >one.assay
echo 'member BE of country; metric imports "Imports" flow yearly in B florin by country' >two.assay
echo 'unit florin "Florin"; target 2024 imports[BE] = 5; target 2024 exports[NL] = 4' >three.assay
brief rule.assay one.assay two.assay three.assay figures.assay
brief rule.assay one.assay three.assay figures.assay
