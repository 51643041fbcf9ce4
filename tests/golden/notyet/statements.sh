# Every statement that parses and does not run in this version, once each: the
# list only ever shrinks. All of them are refused with E0599 and status 2.
cat >vocabulary.assay <<'X'
metric exports "Exports" flow yearly in USD
actual 2020 exports = 5B
actual 2021 exports = 6B
X
while IFS= read -r statement; do
    [ -n "$statement" ] || continue
    { cat vocabulary.assay; printf '%b\n' "$statement"; } >case.assay
    printf '%s\n' "$statement"
    assay run --diagnostics short case.assay 2>&1
    echo "    [$?]"
done <<'X'
conflicts
export last to "last.csv"
last
using unit B USD
X
