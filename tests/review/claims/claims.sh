# Claims: judged on what was known on their day, and once more on what is known
# now; they decide no status.
. ./try.sh
cat >claims.assay <<'X'
metric exports "Exports of goods" flow yearly in B USD
actor yonhap
source wire "Wire" on 2023-03-01
actual 2022 exports = 600B on 2023-01-10
actual 2023 exports = 610B on 2024-01-10
actual 2023 exports = 590B on 2024-06-10
claim "Exports grew in 2023" by yonhap on 2024-02-01 check 2023 exports > 2022 exports
claim "Exports grew, said too early" source wire check 2023 exports > 2022 exports
claim "Exports fell" check 2023 exports < 2022 exports
claim "Exports grew, without a day" check 2023 exports > 2022 exports
X
try claims.assay
try --as-of 2024-03-01 claims.assay
printf 'claim "A slip" check 2023 exprots > 0\n' >slip.assay
try claims.assay slip.assay
