# Waivers: used, unused, expired, expiring; the last day is part of it.
. ./try.sh
policy='rule low for every target exports require target < 500B'
show() { rule "$policy" "$@"; brief rule.assay figures.assay; }
show 'waive low for target 2023 exports[KR] until 2024-03-31 by "budget office" because "re-based"'
try rule.assay figures.assay
show 'waive low until 2024-03-31 because "all of it"'
show 'waive low until 2023-10-05 because "its last day"'
show 'waive low until 2023-10-04 because "the day before"'
show 'waive low until 2023-11 because "soon"'
show 'waive low for target 2022 exports[KR] until 2024-03-31 because "unused"'
show 'waive low for target exports[KR], target exports[JP] until 2024-03-31 because "two"'
brief --as-of 2024-03-31 rule.assay figures.assay
brief --as-of 2024-04-01 rule.assay figures.assay
show 'waive low for forecast exports[KR] until 2024-03-31 because "another kind"'
show 'waive low until 2024-03-31'
show 'waive low because "x"'
show 'waive lwo until 2024-03-31 because "x"'
show 'waive low for target exprots until 2024-03-31 because "x"'
