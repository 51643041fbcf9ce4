# The figures behind a finding: each cell that was read once, as of its day,
# by its actor, with the finer ones that it was worked out from.
. ./try.sh
cat >evidence.assay <<'A'
actor left "Left"
actor right "Right"
metric x "X" flow yearly
actual 2022 x = 100 on 2023-01-01
actual 2022 x = 150 on 2024-01-01
metric said "Said" flow yearly
actual 2022 said = 7 by left
actual 2022 said = 8 by right
metric e "E" flow quarterly
actual e: 2022-Q1 = 10, 2022-Q2 = 11, 2022-Q3 = 12
actual 2022-Q4 e = 13 on 2023-02-01
metric mo "M" flow monthly
actual mo:
    2020-01 = 1, 2020-02 = 2, 2020-03 = 3, 2020-04 = 4, 2020-05 = 5, 2020-06 = 6,
    2020-07 = 7, 2020-08 = 8, 2020-09 = 9, 2020-10 = 10, 2020-11 = 11, 2020-12 = 12,
    2021-01 = 1, 2021-02 = 2, 2021-03 = 3, 2021-04 = 4, 2021-05 = 5, 2021-06 = 6,
    2021-07 = 7, 2021-08 = 8, 2021-09 = 9, 2021-10 = 10, 2021-11 = 11, 2021-12 = 12
A
behind()
{
    rule 'policy p' "$@"
    assay check rule.assay evidence.assay 2>&1 | grep '^   [a-z]* 20\|^   and '
}
echo '= what was known on two days'
behind 'rule r for every actual x require x = vintage(x, 2023-06-01)'
echo '= and what was the same on both'
behind 'rule r for every actual x require x + vintage(x, 2023-06-01) < vintage(x, 2023-07-01)'
echo '= two actors'
behind 'rule r for every actual said require said[actor = right] = said[actor = left]'
echo '= the parts of a figure that was worked out'
behind 'rule r for actual 2022-Q1 e require yearly(e) > 50'
behind 'rule r for actual 2021-06 mo require yearly(mo) + quarterly(mo) < 0'
echo '= windows over the same months'
behind 'rule r for actual 2021-12 mo require rolling(sum, mo, 24) + rolling(max, mo, 24) < 1 and rolling(sum, mo, 24) < 2'
