# A text is run for its facts: with parameters, and without writing what it
# exports.  What is wrong with a table is told without a text nobody wrote.
exec 2>&1
cat >base.assay <<'EOF'
metric x yearly in USD
actual 2020 x = 5
EOF
assay run -q --facts base.db base.assay
cat >parameter.assay <<'EOF'
metric x yearly in USD
actual 2020 x = $level
EOF
assay diff base.db parameter.assay
echo "[$?]"
assay diff --set level=5 base.db parameter.assay
echo "[$?]"
assay diff --set level=7 parameter.assay base.db
echo "[$?]"
cat >exports.assay <<'EOF'
metric x yearly in USD
actual 2020 x = 5
export "written.csv"
EOF
assay diff base.db exports.assay
echo "[$?]"
test -e written.csv || echo "nothing was written"
echo 'export "written.txt"' >>exports.assay
assay diff base.db exports.assay
echo "[$?]"
assay diff base.db nope.csv
echo "[$?]"
printf 'kind,period,metric,value,unit\nactual,2020,x,5,EUR\n' >bad.csv
assay diff base.db bad.csv
echo "[$?]"
printf 'a,b\n1,2\n' >unknown.csv
assay diff unknown.csv base.db
echo "[$?]"
# A parameter may be of one side only
echo 'metric x flow yearly; param level = 5; actual 2020 x = $level' >new_side.assay
echo 'metric x flow yearly; actual 2020 x = 6' >old_side.assay
assay diff --set level=6 old_side.assay new_side.assay
echo "[$?]"
