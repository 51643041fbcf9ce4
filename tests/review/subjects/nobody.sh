# What a rule asks of its rows is no mistake while nobody has stated any.
. ./try.sh
cat >names.assay <<'N'
dimension d
member A of d
member B of d
dimension z
member Z of z
metric m yearly in USD by d
metric n yearly in USD
actual 2023 n = 4
N
rule 'policy p' 'rule a for every actual m where d = A require m > 0' \
    'rule l for every actual m let other = d != A when other require m > 0' \
    'rule o for every actual m require m >= max(m over d)' \
    'rule b for every actual n require n > 5'
sed -i 's/\bm\b/spend/g; s/\bn\b/cap/g' names.assay rule.assay
brief names.assay rule.assay
echo 'actual 2023 spend = 3' >total.assay
brief names.assay rule.assay total.assay
echo 'actual 2023 spend[A] = 1; actual 2023 spend[B] = 2' >parts.assay
brief names.assay rule.assay total.assay parts.assay
brief --require-subjects names.assay rule.assay total.assay
echo '= in a test'
{ cat names.assay rule.assay
  printf '%s\n' 'test "a total"' '    given actual 2023 spend = 3; actual 2023 cap = 4' \
    '    expect fail p.b for actual 2023 cap' '    expect no other'
} | sed '/^actual/d; s/given actual 2023 spend = 3; /given actual 2023 spend = 3\n    given /' >test.assay
assay test test.assay; echo "[$?]"
echo '= a dimension that the metric does not have'
rule 'rule a for every actual spend where z = Z require spend > 0'
try names.assay rule.assay
try names.assay rule.assay parts.assay
