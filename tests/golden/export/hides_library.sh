# A definition or a unit of one's own that has a name of the library is written,
# and told by diff; what is the library's is not.
exec 2>&1
assay -q --facts one.db -e 'define growth(x) "Twice" = 2 * x
define cagr = 7
metric x yearly in KRW
actual 2020 x = 5'
assay --facts one.db -e 'show growth(2020 x), cagr' 
assay export --facts one.db one.assay
cat one.assay
assay -q --facts two.db -e 'metric x yearly in KRW
actual 2020 x = 5
show growth(x), cagr(2020 x, 2020 x)' >/dev/null
assay export --facts two.db
assay diff two.db one.db
assay diff one.assay one.db
assay --facts three.db -e 'include "one.assay"; show growth(2020 x), cagr'
