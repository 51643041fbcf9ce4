# Annotations for GitHub, and the summary of the job.
. ./try.sh
rule 'policy p' 'rule a for every target exports require target < 700B' 'rule b for every forecast exports require forecast > 0'
GITHUB_STEP_SUMMARY=summary.md
export GITHUB_STEP_SUMMARY
try --github rule.assay figures.assay
cat summary.md
echo '= it goes behind what stands there'
echo 'before' >summary.md
assay check --github rule.assay figures.assay >/dev/null
head -n 3 summary.md
assay check --github rule.assay figures.assay >/dev/null
grep -c '^## Review' summary.md
ln summary.md other.md
assay check --github rule.assay figures.assay >/dev/null
cmp summary.md other.md && grep -c '^## Review' other.md
echo '= beside other reports, and without a summary'
unset GITHUB_STEP_SUMMARY
assay check --github --json out.json rule.assay figures.assay | tail -n 1
head -c 26 out.json; echo
echo '= it cannot be written: no verdict'
mkdir folder
GITHUB_STEP_SUMMARY=folder assay check --github rule.assay figures.assay >/dev/null 2>said.txt
echo "[$?]"; sed 's/:.*//' said.txt
