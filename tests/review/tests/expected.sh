# What came in place of what was expected, with the values that made it so.
. ./try.sh
cat >rules.assay <<'X'
dimension country
member KR of country; member JP of country; member DE of country
member FR of country; member IT of country
metric exports "Exports of goods" flow yearly in B USD by country
policy trade
rule near for every target exports
    when known(forecast) and forecast > 0
    require target <= 103% * forecast
    forbid target < 50B
rule said for every forecast exports
    let gap = forecast - target
    require abs(gap) < 10B or forecast < 1B
    otherwise "{forecast} is off"
X
cat >bad.assay <<'X'
test "another verdict"
    given target 2023 exports[KR] = 101B
    given forecast 2023 exports[KR] = 100B
    given target 2023 exports[JP] = 10B
    given target 2023 exports[DE] = 110B
    given forecast 2023 exports[DE] = 90B
    given target 2023 exports[FR] = 10B
    given forecast 2023 exports[FR] = 0B
    expect fail near for target 2023 exports[KR]
    expect pass near for target 2023 exports[JP]
    expect fail near for target 2023 exports[FR]
    expect pass near for target 2023 exports[DE]
    expect unknown said for forecast 2023 exports[DE]
    expect fail said for forecast 2023 exports[DE] otherwise "91B USD is off"
    expect fail near for target 2023 exports[IT]
    expect fail said for target 2023 exports[KR]
test "a condition"
    given target 2023 exports[KR] = 105B
    given target 2023 exports[JP] = 100B
    given forecast 2023 exports[KR] = 100B
    expect target 2023 exports[KR] <= forecast 2023 exports[KR] and target 2023 exports[JP] < 50B
    expect not target 2023 exports[KR] in 100B..110B
    expect target 2023 exports[KR] - target 2023 exports[JP] = 4B within 0.5B
    expect sum(target 2023 exports over country) = 200B
    expect target 2023 exports[KR] > forecast 2023 exports[JP]
    expect known(forecast 2023 exports[JP])
X
assay test rules.assay bad.assay 2>&1
