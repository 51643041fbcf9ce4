# What says nothing is refused: a test that expects nothing, a waiver without a
# reason.
. ./try.sh
rule 'policy p' 'metric a yearly in USD' 'rule r for actual a require a > 0' \
    'test "t"' '    given 2023 a = 1' 'test "u"' '    expect no other'
assay test rule.assay 2>&1; echo "[$?]"
rule 'policy p' 'rule r for every target exports require target > 500B' \
    'waive p.r for target 2023 exports[DE] until 2030-01-01 because ""'
try rule.assay figures.assay
