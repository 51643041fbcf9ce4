# The first and the last periods there are.
exec 2>&1
cat >figures.assay <<'END'
calendar fiscal starts 10-01 named by end
metric fy yearly in USD on fiscal
actual FY0001 fy = 5
actual FY0002 fy = 5
actual FY9999 fy = 5
calendar begin starts 10-01 named by start
metric fs yearly in USD on begin
actual FY0001 fs = 5
actual FY9999 fs = 5
metric mo monthly
actual 0001-01 mo = 5
metric d daily
actual 0001-01-01 d = 5
actual 9999-12-31 d = 5
metric w weekly
actual 0001-W01 w = 5
actual 9999-W52 w = 5
metric h halfyearly
actual 9999-H2 h = 5 on 9999-12-31
actual 0001-H1 h = 5 on ..0001-01-02
END
assay run -q --facts one.db figures.assay
assay export -q --facts one.db --vocabulary names.assay
for form in csv sdmx; do
    assay export -q --facts one.db --format $form table
    cat table
    word=
    [ $form = sdmx ] && word=sdmx
    rm -f two.db
    assay run -q --facts two.db names.assay
    assay -q --facts two.db -e "import \"table\" $word"
    assay export -q --facts two.db --format $form - | cmp - table
    assay diff one.db two.db
done
