# The facts of the files are not in the base that is compared with.
. ./try.sh
rule 'policy p' 'rule low for every target exports require target < 500B'
grep -v '^target\|^forecast\|^actual' figures.assay >names.assay
assay run -q --facts empty.db names.assay
assay run -q --facts full.db figures.assay
brief rule.assay figures.assay --against empty.db
brief rule.assay figures.assay --against full.db
printf 'kind,period,metric,country,value\ntarget,2024,exports,KR,720\n' >more.csv
brief --facts full.db rule.assay more.csv --against full.db
echo 'retract target 2023 exports[KR] because "double"' >back.assay
brief --facts full.db rule.assay back.assay --against full.db
brief --strict-baseline --facts full.db rule.assay back.assay --against full.db
brief --facts empty.db --against full.db rule.assay
