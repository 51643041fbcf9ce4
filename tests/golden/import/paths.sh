# The path of a file counts from the text that names it, and may be put together
# from parameters.
mkdir sub
printf 'year,v\n2020,1\n' >sub/data.csv
printf 'year,v\n2020,2\n' >data.csv
printf 'import "data.csv" as x (period = year, value = v)\n' >sub/x.assay
cat >all.assay <<'END'
metric x yearly
param folder "Where the data lies" = "sub"
include "sub/x.assay"
import "data.csv" as target x (period = year, value = v)
import "{$folder}/data.csv" as forecast x (period = year, value = v)
show x, target x, forecast x
list imports
END
assay run all.assay 2>&1
assay run --set folder='"."' all.assay 2>&1 | head -n 3
assay run --set folder='"no"' all.assay 2>&1
assay -e "metric x yearly; import \"$PWD/data.csv\" as x (period = year, value = v)" 2>&1
# A column, a member and a number that parameters stand for.
assay -q -e 'param who = "KR"; param when = 2030; dimension c; member KR of c
metric y yearly by c
import "data.csv" as y (period = $when, value = v, c = $who)
history y[c = *]' 2>&1
