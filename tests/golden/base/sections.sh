# Periods with many facts are read from cross-sections: they must not tell more
# than the facts, whatever was taken back meanwhile, in this text or before it.
awk 'BEGIN {
    print "period,c,value"
    for (y = 2001; y <= 2003; y++)
        for (i = 0; i < 300; i++) print y ",m" i "," i + y - 2000 }' >panel.csv
sed 's/,\([0-9]*\)$/,1\1/' panel.csv >later.csv
as='as actual x (period = period, c = new c, value = value)'
ask='show sum(x over c), x[m5] as m5, x[m6] as m6'
run()
{
    assay -q --facts "$FACTS" --format csv "$@"
    assay verify "$FACTS"
}
run -e 'dimension c; metric x yearly by c' -e "import \"panel.csv\" $as"
cp "$FACTS" whole
echo "--- retracted: in the same text, and later"
run -e "retract actual 2001 x[m5] because \"r\"; $ask" -e "$ask"
echo "--- and stated anew"
run -e "actual 2001 x[m5] = 50; $ask" -e "$ask"
echo "--- taken back"
run -e undo -e undo -e "$ask"
echo "--- imported over it, in the same text and later"
run -e "import \"later.csv\" $as; $ask" -e "$ask"
echo "--- that import withdrawn, in the same text and later"
number=$(assay --facts "$FACTS" --format csv -e 'list imports' |
    grep later | cut -d , -f 1)
run -e "retract import $number because \"r\"; $ask" -e "$ask"
echo "--- and taken back"
run -e undo -e "$ask"
echo "--- cross-sections that somebody edited"
for sql in 'DELETE FROM cross_section' \
    "UPDATE cross_section SET cells = x'00' WHERE period = 2003" \
    "UPDATE cross_section SET cells = x'ffffffffffff' WHERE period = 2003" \
    'UPDATE cross_section SET cells = substr(cells, 1, 1000)' \
    'UPDATE cross_section SET cells = (SELECT cells FROM cross_section AS o
        WHERE o.period = 2002) WHERE period = 2003' \
    'UPDATE cross_section SET period = period + 7'; do
    cp whole base
    sqlite3 base "$sql; SELECT changes()"
    assay verify base | head -n 5
done
