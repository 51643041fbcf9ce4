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
why not targets.rule for target 2021 exports
conflicts
policy targets "Review"
rule outruns "A rule" for every target exports require target <= 103% * forecast
waive targets.outruns for target 2021 exports until 2024-03-31 because "re-based"
claim "Exports rose" check 2021 exports > 2020 exports
test "a test" given target 2021 exports = 5 expect no other
export last to "last.csv"
last
using unit B USD
X
