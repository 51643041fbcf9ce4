# Rules described as Markdown: with the option that says so, or without.
. ./try.sh
rule 'policy p "A policy" because "so"' 'rule a "A rule" for every target exports require target < 700B'
assay rules rule.assay figures.assay >plain.md 2>&1; cat plain.md
for line in 'rules --markdown rule.assay figures.assay' 'rules rule.assay figures.assay --markdown' \
    '--color never rules --markdown rule.assay figures.assay'; do
    assay $line 2>&1 | cmp - plain.md && echo "same: assay $line"
done
sed 's/^/| /' rule.assay
assay rules --help | grep markdown
echo '= of a review it names a file'
assay check --markdown page.md rule.assay figures.assay >/dev/null; head -n 1 page.md
assay --markdown page.md check rule.assay figures.assay >/dev/null; head -n 1 page.md
assay check --markdown 2>&1
assay run --markdown 2>&1
assay test --markdown page.md rule.assay 2>&1
