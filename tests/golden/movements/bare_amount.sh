# A movement by a bare amount takes unit and scale of the metric that moves.
cat >facts.assay <<'END'
metric x flow yearly in B USD
actual 2021 x = exactly 12 up 2 from 2020
actual 2023 x = down 3 from 2021
actual 2025 x = up 500M from 2021
metric n "Without a unit" flow yearly in B
actual 2021 n = exactly 12 down about 2 from 2020
metric y "In another scale" flow yearly in M USD
actual 2021 y = exactly 300
actual 2027 x = exactly 1 up 0.7 from 2021 y
actual 2031 x = 15 up 1 from 2030
actual 2030 x = 14
actual 2033 x = 15 up 2 from 2032
actual 2032 x = 14
policy p
rule moves "The movement is as stated"
    for every actual x
    require consistent
END
assay check facts.assay
sed '/^policy/,$d' facts.assay >base.assay
cat >ask.assay <<'END'
show x, basis(x), n
why 2020 x
why 2023 x
why 2027 x
END
cat base.assay ask.assay >run.assay
assay run run.assay
echo 'export "out.csv"; export "out.assay"' >export.assay
cat base.assay export.assay >write.assay
assay run write.assay
cat out.csv out.assay
cat out.assay ask.assay >again.assay
assay run again.assay
# Into a base in which the metric is in M USD.
cat >other.assay <<'END'
metric x flow yearly in M USD
metric n flow yearly in M
metric y flow yearly in USD
import "out.csv"
show x, basis(x), n
END
assay run other.assay
