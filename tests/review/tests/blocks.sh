# Test blocks: what they see, what they expect, and that none disturbs another.
run() { printf '$ assay test %s\n' "$*"; assay test "$@" 2>&1; echo "[$?]"; }
cat >rules.assay <<'X'
dimension country
member KR of country
member JP of country
metric exports "Exports of goods" flow yearly in B USD by country
actual 2020 exports[KR] = 900B
policy trade
rule near "A target is near the forecast"
    for every target exports
    when known(forecast)
    require target <= 103% * forecast
    otherwise "{target} is above {forecast}"
rule positive
    for every exports
    forbid exports < 0
X
cat >good.assay <<'X'
test "flagged" as of 2023-12-31
    given target 2023 exports[KR] = 105B on 2023-01-01
    given forecast 2023 exports[KR] = 100B on 2023-01-01
    given forecast 2023 exports[KR] = 110B on 2024-01-01
    expect fail near for target 2023 exports[KR] otherwise "105B USD is above 100B USD"
    expect target 2023 exports[KR] = 105B
    expect no other
test "no facts of the files, none of another block"
    given target 2023 exports[JP] = 105B
    expect not applicable trade.near for target 2023 exports[JP]
    expect not known(2020 exports[KR])
    expect no other
test "a value that is not there"
    given 2022 exports[KR] = 5B
    given 2023 exports[KR] = -5B
    expect pass positive for 2022 exports[KR]
    expect fail positive for 2023 exports[KR]
X
cat >bad.assay <<'X'
test "broken"
    given target 2023 exprots[KR] = 1B
    expect no other
test "runs all the same"
    given target 2023 exports[KR] = 1B
    expect pass near for target 2023 exports[KR]
    expect fail near for target 2024 exports[KR]
    expect 2023 exports[KR] > 0
    expect no other
test "others"
    given 2023 exports[KR] = -1B
    expect no other
X
printf 'include "good.assay"\n' >whole.assay
run rules.assay good.assay
run good.assay rules.assay --coverage
run rules.assay whole.assay good.assay | tail -n 3
run rules.assay good.assay --coverage --min-coverage 90
run rules.assay good.assay --min-coverage 70 | tail -n 2
run rules.assay bad.assay
run rules.assay good.assay bad.assay --format tap
