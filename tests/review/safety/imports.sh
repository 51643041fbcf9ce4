# An import that fails is one mistake, wherever what rests on it stands.
. ./try.sh
cat >vocabulary.assay <<'X'
dimension area
metric sales flow yearly in B USD by area
import "areas.csv" as members of area (name = code, title = title)
X
cat >facts.assay <<'X'
include "vocabulary.assay"
target 2023 sales[KR] = 5
target 2023 sales[JP] = 6
X
rule 'policy p' 'rule a for every target sales require target < 6' \
    'rule b for target sales[KR] require sales[area = JP] > 1' \
    'waive p.a for target 2023 sales[JP] until 2030-01-01 because "so"'
printf 'code,title\nKR,Korea\nJP,Japan\n' >areas.csv
echo '= members are there in every order'
brief rule.assay facts.assay vocabulary.assay areas.csv
brief vocabulary.assay facts.assay rule.assay areas.csv
brief areas.csv rule.assay facts.assay vocabulary.assay | tail -n 2
echo '= a file that was not named, that is not there, without a column'
brief rule.assay facts.assay vocabulary.assay
brief vocabulary.assay facts.assay rule.assay
rm areas.csv; brief rule.assay facts.assay vocabulary.assay areas.csv
printf 'code\nKR\n' >areas.csv; brief rule.assay facts.assay vocabulary.assay areas.csv
printf 'code,title\nKR,Korea\n' >areas.csv
echo '= a member that the file lacks is another mistake'
brief rule.assay facts.assay vocabulary.assay areas.csv
echo '= facts that cannot be imported'
printf 'code,title\nKR,Korea\nJP,Japan\n' >areas.csv
echo 'import "more.csv" (area = new code, period = year, value = v, metric = m)' >>vocabulary.assay
echo 'target 2023 sales[XX] = 7' >late.assay
brief vocabulary.assay areas.csv facts.assay rule.assay late.assay
