# What can be imported or stated can be exported and read back, byte by byte, up
# to the longest text and name; one byte more is an error with its place.
exec 2>&1
text=1048576
name=131072
many() { awk -v n="$1" -v s="$2" 'BEGIN { while (n-- > 0) printf "%s", s }'; }
cat >names.assay <<'END2'
dimension country; dimension item; metric exports flow yearly in USD by country
END2
cat >take.assay <<'END2'
include "names.assay"
import "wide.csv" (period = period, value = value, country = new country,
    metric = new metric, actor = new actor, source = new source, condition = `if`,
    note = note, url = url)
import "members.csv" as members of item (name = name, title = title)
END2
# The worst: each byte is written as five or six, or as two.
row()
{
    printf 'period,value,country,metric,actor,source,if,note,url\n2020,1,"'
    many "$1" "$2"
    printf '",' # members may hold anything, other names no control characters
    for part in mm aa ss; do printf '"'; many "$(($1 - 2))" -; printf '%s",' $part; done
    for part in 1 2 3; do
        printf '"'; many "$3" "$2"; [ $part = 3 ] || printf '",'
    done
    printf '"\n'
}
members()
{
    printf 'name,title\n"'; many "$1" "$2"; printf '","'; many "$3" "$2"; printf '"\n'
}
round()
{
    rm -f one.db two.db
    assay run -q --facts one.db "$1" | cut -c 1-76
    assay export -q --facts one.db one.assay
    assay run -q --facts two.db one.assay | cut -c 1-76
    assay export -q --facts two.db - | cmp - one.assay &&
        echo "$(wc -c <one.assay) bytes read back as the same"
}
for byte in $(printf '\001') '""' '\'; do
    echo "--- $byte" | tr '\001' '^'
    row $name "$byte" $text >wide.csv
    members $name "$byte" $text >members.csv
    round take.assay
    assay export -q --facts one.db one.csv
    assay export -q --facts one.db --vocabulary two.assay
    echo 'import "one.csv"' >>two.assay
    assay run -q --facts three.db two.assay | cut -c 1-76
    assay export -q --facts three.db --format csv | cmp - one.csv &&
        echo "... and as a table"
    rm -f three.db
done
echo "--- one byte more"
members 1 x 1 >members.csv
row 2 x $((text + 1)) >wide.csv
assay run --diagnostics short take.assay | cut -c 1-100
row $((name + 1)) - 1 >wide.csv
assay run --diagnostics short take.assay | cut -c 1-100
row 2 x 1 >wide.csv
members $((name + 1)) x 1 >members.csv
assay run --diagnostics short take.assay | cut -c 1-100
members 1 x $((text + 1)) >members.csv
assay run --diagnostics short take.assay | cut -c 1-100
echo "--- set aside"
row 2 x $((text + 1)) >wide.csv
assay run -q --reject bad.csv take.assay | cut -c 1-76
cut -c 1-100 bad.csv
echo "--- stated"
{
    echo 'metric exports flow yearly in USD; actor who'
    printf '2020 exports = 1 note "'; many $text '\u{1}'; printf '" url "'
    many $text '\\'; echo '"'
    printf 'retract 2020 exports because "'; many $text '	'; echo '"'
} >long.assay
round long.assay
{ printf 'print "'; many $((text + 1)) '\\n'; echo '"'; } >long.assay
assay run --diagnostics short long.assay | cut -c 1-76
{ printf 'metric '; many $((name + 1)) 'x'; echo ' once'; } >long.assay
assay run --diagnostics short long.assay | cut -c 1-76
# A part that is written with more blanks than it was stated with.
echo "--- written out"
{ echo 'metric x flow yearly'; printf '2020 x = if 2019 x in {1'; many 300000 ',1'; echo '} then 1 else 2'; } >long.assay
round long.assay
{ echo 'metric x flow yearly'; printf '2020 x = if 2019 x in {1'; many 400000 ',1'; echo '} then 1 else 2'; } >long.assay
assay run --diagnostics short long.assay | cut -c 1-100
{ printf 'define f(x) = max(x'; many 400000 ',1'; echo ')'; } >long.assay
assay run --diagnostics short long.assay | cut -c 1-100
{
    echo 'dimension d; member a of d'
    printf 'member g of d = a'; many 300000 '+a'; echo
} >long.assay
assay run --diagnostics short long.assay | cut -c 1-100
