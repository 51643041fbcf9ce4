# What a reader has to know beside the verdicts, and the order of findings.
. ./try.sh
echo '= what the texts take back is no subject, and is told'
cat >back.assay <<'E'
metric sales "Sales" flow yearly in B USD
target 2023 sales = 1200 on 2023-01-01
target 2024 sales = 700 on 2023-01-01
retract target 2023 sales because "a typing error"
E
rule 'policy p' 'rule r for every target sales require target < 1T'
try back.assay rule.assay
echo '= what it uncovers is judged'
assay run --facts base.facts - <<'E'
metric sales "Sales" flow yearly in B USD
target 2023 sales = 1200 on 2023-01-01
E
cat >uncover.assay <<'E'
target 2023 sales = 900 on 2023-02-01
retract target 2023 sales because "not official"
E
brief --facts base.facts uncover.assay rule.assay
assay check --facts base.facts uncover.assay rule.assay --format json | grep '"retracted"'
echo '= figures of which a rule makes no sense'
cat >kinds.assay <<'E'
metric sales "Sales" flow yearly in B USD
metric share "Share" rate yearly in %
actual sales: 2020 = 5, 2021 = 9
actual share: 2020 = 5%, 2021 = 6%
E
rule 'rule g for every figure let rise = growth(figure) require rise < 50%'
try kinds.assay rule.assay
assay check kinds.assay rule.assay --sarif - | grep -o '"level":"note","message":{[^}]*}'
echo '= nobody stated it: it has no basis; a let that is a side is told once'
assay check kinds.assay rule.assay --format json |
    grep -o '"figure":"actual 20[0-9]* sales"\|"basis":[a-z"]*\|"expression":"[a-z]*"'
echo '= order: severity as it is told, rule, fail before unknown; then known, waived'
cat >order.assay <<'E'
metric sales "Sales" flow yearly in B USD
target sales: 2020 = 5, 2021 = 6, 2022 = 7
forecast sales: 2021 = 1, 2022 = 2
policy p
rule a for every target sales require target < forecast on unknown fail
rule b for every target sales require target < forecast severity warning
rule c for every target sales require target < forecast
waive c for target 2021 sales until 2030-01-01 because "x"
E
assay check order.assay --write-baseline known.txt >/dev/null
grep 'p.a target 2021' known.txt >one.txt
for format in text csv json sarif github; do
    assay check order.assay --baseline one.txt --format $format |
        grep -o '^[a-z]*\[p.*\|^[a-z]*,p\.[^,]*,[^,]*,[a-z]*,[a-z]*\|^{"rule":"p[^}]*"members"\|^{"ruleId":"p.*"uri\|^::[a-z]* .*title.*USD' |
        sed 's/"kind":.*//; s/"locations".*//; s/,"ruleIndex.*"text":/ /; s/required.*//; s/cannot be.*//'
done
