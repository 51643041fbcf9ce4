# Severities against the fail level.
. ./try.sh
for severity in error warning info; do
    rule "rule a for target exports[KR] require target <= forecast severity $severity"
    for level in error warning info; do
        brief -q --fail-level $level rule.assay figures.assay
    done
done
rule 'policy p severity warning' \
    'rule a for target exports[KR] require target <= forecast' \
    'rule b for target exports[KR] require target <= forecast severity error'
brief rule.assay figures.assay
rule 'rule a for target exports[KR] require target <= forecast severity fatal'
brief rule.assay figures.assay
