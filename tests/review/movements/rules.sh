# Movements with all that other rules have.
. ./try.sh
cat >figures.assay <<'E'
actor motie "Ministry"
dimension country "Country"
member KR of country; member JP of country
metric exports "Exports" flow yearly in B USD by country
actual exports[KR]: 2020 = 512.5B, 2021 = 644.5B, 2022 = 683.6B
target 2023 exports[KR] = 685B up 3% from 2022 by motie on 2023-02-01
target 2024 exports[KR] = 700B
target 2023 exports[JP] = 100B up 3% from 2022
E
echo '= beside other conditions; of what nothing is said it does not apply'
rule 'policy p' 'rule a for every target exports require consistent' \
    '    otherwise "what {target} claims is wrong" because "words count"' \
    'rule b for every target exports require consistent require target < 690B' \
    'rule c for every movement for 2024 require consistent may be empty' \
    'rule d for every target movement where actor(figure) = motie forbid consistent severity info' \
    'rule e for every forecast movement require consistent may be empty' \
    'rule f for movement require consistent may be empty'
try rule.assay figures.assay
echo '= waived, known'
echo 'waive p.a for target 2023 exports[KR] until 2024-01-01 because "said so"' >waive.assay
brief rule.assay figures.assay waive.assay
echo '= in a test, and why'
cat >tests.assay <<'E'
test "a wrong change is found"
    given target 2023 exports[KR] = 685B up 3% from 2022
    given actual 2022 exports[KR] = 683.6B
    expect fail p.a for target 2023 exports[KR] otherwise "what 685B USD claims is wrong"
    expect fail p.b for target 2023 exports[KR]
    expect unknown p.d for target 2023 exports[KR]
test "a right one is not"
    given target 2023 exports[KR] = 685B up 0.2% from 2022
    given actual 2022 exports[KR] = 683.6B
    expect pass p.a for target 2023 exports[KR]
    expect no other
E
assay test rule.assay tests.assay figures.assay
cat figures.assay rule.assay - >why.assay <<'E'
why p.a for target 2023 exports[KR]
why not p.a for target 2024 exports[KR]
E
assay run why.assay 2>&1
echo '= a metric may have the name'
cat >name.assay <<'E'
metric movement "Movement" flow yearly in B USD
actual 2023 movement = 5
rule a for every movement require movement < 3B
E
brief name.assay
rule 'rule a for every target exports let consistent = target > 1T require consistent'
brief rule.assay figures.assay
echo '= it is asked for alone'
rule 'rule a for every target exports require consistent and target > 0'
try rule.assay figures.assay
