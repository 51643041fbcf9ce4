# `check` in plain files: asked when all facts are there, and a finding if false.
. ./try.sh
cat >ask.assay <<'X'
check forecast 2023 exports[KR] > 700B; check target > 600B
using country JP
check target 2023 exports < 800B
check target 2023 exports > 800B
target 2023 exports[DE] = 400 on 2023-09-01
check forecast < target
check growth(exports[KR]) > 10% for 2021..2022
show 1
X
brief ask.assay figures.assay
assay check figures.assay ask.assay --format csv | cut -d , -f 1-4
assay check ask.assay figures.assay --write-baseline known.txt >/dev/null; brief -q --baseline known.txt figures.assay ask.assay
echo '= a name that is not there'
echo 'check exprots > 5' >wrong.assay
brief wrong.assay figures.assay
echo '= included, and on standard input'
echo 'include "ask.assay"' >outer.assay
brief outer.assay figures.assay | tail -n 3
brief outer.assay figures.assay ask.assay | tail -n 5
assay check - figures.assay <ask.assay | grep error
echo '= not of tests, nor where rules are described'
printf '%s\n' 'metric a yearly in USD' 'check 1 > 2' 'test "t"' '    given 2023 a = 1' '    expect no other' >t.assay
assay test t.assay
assay rules t.assay
