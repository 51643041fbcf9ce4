# The list of batches: those of statements, of imports, those taken back.
printf 'year,v\n2020,1\n2021,2\n' >a.csv
printf 'include "b.assay"\n2022 x = 3\n' >c.assay
printf '2021 x = 4\n' >b.assay
assay --facts base -e 'list imports' -e 'metric x yearly' -e 'list imports' \
    -e 'import "a.csv" as x (period = year, value = v)
2030 x = 7' 2>&1
assay run --facts base c.assay
assay --facts base -e 'retract import 5 because "a \"quoted\" reason"' 2>&1
assay --facts base -e '2023 x = 1' -e undo 2>&1
assay --facts base -e 'list imports'
assay --facts base -e 'list imports' --format json
