# FREQ D and B are figures of days, also of a metric that is yearly: they do not
# take the place of the year, and keep their day when they are written.
printf '%s\n' DATAFLOW,FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MULT \
    X,A,KR,2020,632.25,9 X,D,KR,2020-02-29,702,9 X,B,KR,2020-03-01,703,9 \
    X,A,KR,2021-06-01,640,9 >days.csv
cat >head.assay <<'TEXT'
dimension country
member KR of country
metric x flow yearly in B USD by country
using country KR
TEXT
cat head.assay - >days.assay <<'TEXT'
import "days.csv" as x sdmx (country = REF_AREA)
show x
show x for 2020-02-28..2020-03-01
export "facts.assay"
export "facts.csv"
export "flows.csv" sdmx
TEXT
assay run -q days.assay
cat facts.assay
for from in 'include "facts.assay"' 'import "facts.csv"' \
    'import "flows.csv" sdmx'; do
    { cat head.assay; echo "$from"; echo 'history x'; } >again.assay
    assay run -q again.assay
done
echo "--- taken back"
cat head.assay - >back.assay <<'TEXT'
import "facts.csv"
retract 2020-02-29..2020-02-29 x because "a misprint"
retract 2020-03-01 x because "a misprint"
history x
TEXT
assay run -q back.assay
