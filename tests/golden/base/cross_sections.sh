# Cross-sections are an index: with and without them every answer is the same,
# whatever has happened in their periods.
cat >vocabulary.assay <<'Y'
dimension area "Area"
metric x flow yearly in USD by area
Y
awk 'BEGIN { print "area,year,value,on"
    for (i = 0; i < 300; i++) for (y = 2000; y < 2003; y++)
        printf "A%03d,%d,%d,2004-01-01\n", i, y, i * 7 % 100 + y }' >a.csv
awk 'BEGIN { print "area,year,value,on"
    for (i = 0; i < 300; i++) for (y = 2001; y < 2004; y++)
        printf "A%03d,%d,%s,%s\n", i, y, i % 50 ? i * 3 % 50 + y : ">= " i,
            i % 2 ? "2003-01-01" : "2005-01-01" }' >b.csv
map='(area = new area, period = year, value = value, on = on)'
questions='show sum(x, partial), count(x), min(x, partial), count(low(x))
show sum(x over area); show sum(x, partial over area) as of 2004-06-30
show x[A001], x[A050]; show max(x, partial by area) top 3'
ask()
{
    cp base.db other.db
    sqlite3 other.db 'DELETE FROM cross_section'
    for base in base other; do
        for format in csv json; do
            assay -q --format $format --facts $base.db -e "$questions" >$base.$format
        done
    done
    cmp base.csv other.csv && cmp base.json other.json &&
        echo "$1: $(sqlite3 base.db 'SELECT count(*) FROM cross_section') cross-sections"
}
say() { assay -q --facts base.db -e "$1" 2>&1; }
assay run -q --facts base.db vocabulary.assay
say "import \"a.csv\" as actual x $map"; ask 'an import'
say "import \"b.csv\" as actual x $map"; ask 'another into the same periods'
say 'actual 2001 x[A001] = 5 on 2006-01-01'; ask 'a statement'
say 'retract 2002 x[A005] on 2006-02-02 because "a slip"'; ask 'a retraction'
say undo; ask 'taken back'
say 'retract import 2 because "the wrong file"'; ask 'an import withdrawn'
say undo; ask 'taken back'
say 'undo; undo; undo'; ask 'all of them'
# One import inside a script that asks and states around it.
printf '%s\n' 'member A000 of area; actual 2000 x[A000] = 1 on 2003-01-01' "import \"a.csv\" as actual x $map" \
    'actual 2000 x[A000] = 3 on 2003-01-01; 2000 x[A000]' 'sum(2000 x over area)' >script.assay
cat vocabulary.assay script.assay >whole.assay
assay run -q whole.assay
rm base.db; assay run -q --facts base.db whole.assay; ask 'a script'
# What is broken is told, and never believed.
sqlite3 base.db "UPDATE cross_section SET cells = x'ffffffffff' WHERE period = 2001"
assay -q --facts base.db -e 'sum(x over area)' 2>&1
echo "[$?]"
