# Rows without a period are not judged by what differs from period to period.
ask()
{
    echo "$1"
    assay --diagnostics short -e "dimension c; member a of c; member b of c
metric x yearly by c
actual x[a]: 2019 = 1, 2020 = 2; actual x[b]: 2019 = 2, 2020 = 1
$1" 2>&1
    echo "[$?]"
}
ask 'show 2020 x by c sort by 2020 x'
ask 'show 2020 x by c where x > 1 sort by x for 2019'
ask 'show sum(x by c) as total where total > 2 sort by total'
ask 'show 2020 x by c sort by x'
ask 'show 2020 x by c where x > 1'
ask 'show 2020 x by c where period = 2020'
ask 'show sum(x by c) where period > 2019'
ask 'show sum(if period > 2019 then x else unknown, partial by c)'
ask 'check avg(x) > 1 where x[a] > 1'
ask 'show x[vintage = *], avg(x by c) where horizon > -1'
