# What is assumed is told to programs too: by a column of its own where an
# expression can assume, and nowhere else.
cat >assumed.assay <<'END'
dimension c; member a of c; member b of c
metric x yearly in USD by c
actual x[a]: 2019 = 1, 2020 = 2, 2022 = 5
actual x[b]: 2020 = 4
show x ? 0 by c
show (x ? 0) * 2 as twice, x, x[a] ? 0 with bounds by c for 2019..2020
show fill(x, 1), sum(x ? 0 over c) by c for 2021..2022
show if x[a] > 1 then 1 else 0 ? 3, x[a] / 0 ? 1 > 0 for 2019..2021
show x by c
END
assay run --format csv assumed.assay
assay run --format tsv assumed.assay | head -3
