# Errors in documents, and what --accept refuses.
. ./try.sh
brief --accept figures.assay
printf 'text\n```assay\nmetric sales "Sales" flow yearly in M USD\n\n\nshow slaes\n```\n```output\nold\n```\n' >wrong.md
try --accept wrong.md
printf -- '- text\n\n  ```assay\n  metric sales "Sales" flow yearly in M USD\n  # \303\251\n\n    show slaes\n  ```\n' >indented.md
try indented.md
printf '```assay\nexport "out.csv"\n```\n' >export.md
brief export.md
printf '```assay\nprint "\377"\n```\n' >bytes.md
try bytes.md
printf '```assy\nquit\n```\n' >slip.md
try slip.md
printf 'no block\n' >none.md
try none.md
try missing.md
printf '```assay\nquit\n```\n```assay\nprint "still here"\n```\n```output\nstill here\n```\n' >quit.md
try quit.md
echo '= a document may not be written'
printf '```assay\nprint "one"\n```\n```output\nold\n```\n' >fixed.md
mkdir folder
mv fixed.md folder
if [ "$(id -u)" != 0 ]; then
    chmod 500 folder
fi
assay check -q --accept folder/fixed.md >/dev/null 2>&1
[ "$(id -u)" = 0 ] || [ $? = 2 ] || echo "status $?"
chmod 700 folder
echo '= questions of other inputs stay unasked, of documents they see all'
cat >asks.md <<'MD'
```assay
show target 2023 exports[KR]
```
```output
old
```
MD
echo 'print "unasked"' >more.assay
try asks.md more.assay figures.assay
echo '= in a folder documents are not looked for'
mkdir docs
cp asks.md docs
cp figures.assay docs
brief docs
echo '= rules and tests'
assay rules asks.md figures.assay
printf '```assay\ntest "one"\n    given target 2023 exports = 1B\n    expect pass p for target 2023 exports\n```\n' >tests.md
printf 'metric exports "E" flow yearly in B USD\nrule p for every target exports require target > 0\n' >p.assay
assay test tests.md p.assay
