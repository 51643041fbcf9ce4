# A report that cannot be written ends in status 2, whatever the verdict is.
. ./try.sh
rule 'rule any for every target exports require target > 0' >said
for form in sarif junit json markdown html tap gitlab csv; do
    try -q --$form no/such/folder/x rule.assay figures.assay
    try -q --$form /dev/full rule.assay figures.assay
done
try -q --write-baseline no/such/folder/x rule.assay figures.assay
try -q --json first.json --sarif no/such/folder/x --tap last.tap rule.assay figures.assay
ls first.json last.tap
printf '%s\n' 'policy p' 'metric a yearly in USD' 'rule r for actual a require a > 0' \
    'test "t"' '    given 2023 a = 1' '    expect no other' >test.assay
for form in junit tap json; do
    assay test --$form no/such/folder/x test.assay; echo "[$?]"
    assay test --$form /dev/full test.assay; echo "[$?]"
done 2>&1
