# Each exit status, and which of them goes before which.
. ./try.sh
rule 'rule a for every actual exports require actual > 0'
brief rule.assay figures.assay
rule 'rule a for every target exports require target <= forecast'
brief rule.assay figures.assay
rule 'rule a for every target exports require target <= exprots'
brief rule.assay figures.assay
rule 'rule a for every target exports require target <='
brief rule.assay figures.assay
rule 'rule a for every target exports require target < forecast + 1%'
brief rule.assay figures.assay
brief nowhere.assay
brief
brief --fail-level fatal figures.assay
brief --max-rows 0 figures.assay
brief --format tsv figures.assay
rule 'rule a for target exports[JP] require target <= forecast on unknown fail'
brief rule.assay figures.assay
# 1 goes before 3, and 2 before both.
rule 'rule a for every target exports require target <= forecast on unknown fail'
brief rule.assay figures.assay
rule 'rule a for every target exports require target <= forecast on unknown fail' \
    'rule b for every target exports require targte > 0'
brief rule.assay figures.assay
brief --sarif no/such/folder/x.sarif rule.assay figures.assay
