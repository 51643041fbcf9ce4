# Shares and rates differ by points, and levels by what they are.
. ./try.sh
cat >points.assay <<'E'
metric rate "Rate" rate yearly in %
metric share "Share" yearly
metric exports flow yearly in B USD
actual 2023 rate = 79.6
target 2023 rate = 75.2
actual 2022 exports = 683.6; actual 2023 exports = 632.2
target 2023 share = 5%
actual 2023 share = 6.5%
E
rule 'policy p' \
    'rule a for target rate require actual <= target' \
    'rule b for target share require actual <= target' \
    'rule c for actual exports for 2023 require growth(exports) > 10%' \
    'rule d for actual exports for 2023 require exports / year_ago(exports) > 95%' \
    'rule e for actual exports for 2023 require share(exports, year_ago(exports)) > 95%' \
    'rule f for actual exports for 2023 require (exports / year_ago(exports)) to % > 95%' \
    'rule g for actual rate require actual - target < 1 pp' \
    'rule h for actual rate let gap = actual / target - 1 require gap < 1%'
assay check rule.assay points.assay | grep 'error\|difference'
assay check --json - rule.assay points.assay | grep -o '"imbalance":{[^}]*}' | head -n 2
