# Bases that are alike are written alike, in whatever order they were declared.
exec 2>&1
assay -q --facts one.db -e 'unit aa; unit bb = 3 aa; unit zz "Zed"
define half(x) = x / 2; define a_quarter(x) = half(x) / 2; define b = 1
metric x yearly in aa; actual 2020 x = 5'
assay -q --facts two.db -e 'unit zz "Zed"; unit aa; unit bb = 3 aa
define b = 1; define half(x) = x / 2; define a_quarter(x) = half(x) / 2
metric x yearly in aa; actual 2020 x = 5'
assay export --facts one.db one.assay
assay export --facts two.db two.assay
cmp one.assay two.assay && cat one.assay
assay run -q --facts three.db one.assay
assay diff one.db three.db
assay export --facts three.db | cmp - one.assay
