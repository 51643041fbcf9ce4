# What is unknown, by each of the ways to take it; counts of fails.
. ./try.sh
for way in warn fail ignore; do
    rule "rule a for target exports[JP] require target <= forecast on unknown $way"
    try rule.assay figures.assay
done
for most in 0 1 2; do
    rule "rule a for every target exports require target < 500B fail when > $most"
    brief rule.assay figures.assay
done
rule 'rule a for every target exports require target < 0 fail when > 1.5'
brief rule.assay figures.assay
rule 'rule a for every target exports where forecast > 0 require target > 0'
brief rule.assay figures.assay
rule 'rule a for every target exports when forecast < 653B require target > 0'
brief rule.assay figures.assay
