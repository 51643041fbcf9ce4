# However a file is written, the same comes out: the first case, and whether the
# others agree.
cat >exports.assay <<'END'
dimension country
metric exports flow yearly in USD by country
import "exports.csv" as exports
    (period = year, country = new land, value = usd, note = note)
show exports by country
history exports[country = *]
list imports
END
try()
{
    echo "--- $1"
    cat >exports.csv
    rm -f facts
    assay run --format csv exports.assay >out 2>err
    status=$?
    [ -f first ] || { cat out err; cp out first; }
    cmp out first || cat out err
    assay run --facts facts --format csv exports.assay 2>err >out
    cmp out first || cat out err
    echo "[$status]"
}
lines()
{
    printf '%s\n' 'year,land,usd,note' \
        '2022,KR,683.6B,"a ""quoted"" word, and a comma"' \
        '2022,"St. John''s",1.5B,' '2023,KR,632.2B,last'
}
lines | try "commas, LF"
lines | sed 's/$/\r/' | try "CR LF"
lines | tr '\n' '\r' | try "CR"
{ printf '\357\273\277'; lines; } | try "a byte order mark"
lines | head -c -1 | try "no newline at the end"
lines | sed 's|$|&|' >blank; { cat blank; printf '\n\n,,,\n'; } | try "blank lines at the end"
lines | gzip | try "packed by gzip"
lines | sed 's/, and/|/; s/,/;/g; s/|/, and/' | try "semicolons"
lines | sed 's/, and/|/; s/,/\t/g; s/|/, and/' | try "tabs"
lines | sed 's/^\([^,]*\),\([^,]*\),/"\1","\2",/' | sed 's/""St/"St/; s/s"",/s",/' |
    try "more quotes"
lines | sed 's/,KR,/, KR	,/; s/land,/ land ,/' | try "blanks around cells"

# Their lines count on behind blank lines and newlines in cells.
echo "--- newlines in cells"
printf 'year,land,usd,note\r\n\r\n2022,KR,1,"two\r\nlines"\r\n\r\n2023,"K\nR",2,"\n"\r\n' >exports.csv
assay run exports.assay 2>&1
