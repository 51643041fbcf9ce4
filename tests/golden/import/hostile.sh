# Files that nobody should write, and that somebody will.
cat >exports.assay <<'END'
dimension country
metric exports flow yearly in USD by country
import "exports.csv" as exports
    (period = year, country = new land, value = usd, note = note)
show exports by country
list members of country
END
try()
{
    echo "--- $1"
    rm -f base
    assay run --facts base exports.assay >out 2>&1
    echo "[$?]"
    cut -c 1-200 out | head -n ${2:-40}
    assay --facts base --format csv -e 'list metrics' 2>/dev/null | grep exports
}
header='year,land,usd,note\n'
printf "$header"'2020,"\033[31mred\007",1,"\033]0;title\007"\n2021,\001\177\342\200\256,2,\302\205\n' >exports.csv
try "control and bidirectional characters"
printf "$header"'2020,"Robert'"'"'); DROP TABLE fact;--",1,%%s%%n\n2021,"\\u{41}{exports}",2,"{2020 exports}"\n' >exports.csv
try "SQL, formats and figures in texts"
printf "$header"'2020,``,1,x\n2021,"a`b",2,\n2022,"""",3,\n2023,"[x]",4,\n' >exports.csv
try "backquotes, quotes and brackets"
awk 'BEGIN { print "year,land,usd,note"; printf "2020,"
    for (i = 0; i < 300000; i++) printf "long"
    printf ",1,"; for (i = 0; i < 300000; i++) printf "note"; print "" }' >exports.csv
try "a million bytes in a cell" 12
awk 'BEGIN { print "year,land,usd,note"; printf "2020,KR,"
    for (i = 0; i < 100000; i++) printf "9"; print ","
    printf "2020,KR,"; for (i = 0; i < 100000; i++) printf "("; print "," }' >exports.csv
try "a hundred thousand digits, and brackets" 12
printf "$header"'2020,K\0R,1,\n2021,KR,2,"\0"\n2022,KR,3,\n' >exports.csv
try "bytes 0"
printf "$header"'2020,K\377R,1,\n2021,KR,2,\355\240\200\n2022,\300\257,3,\n' >exports.csv
try "bytes that are not UTF-8"
awk 'BEGIN { printf "year,land,usd"; for (i = 0; i < 100000; i++) printf ",c%d", i
    print ",note"; printf "2020,KR,1"; for (i = 0; i < 100000; i++) printf ","
    print ",x"; print "2021,KR,1,x" }' >exports.csv
try "a hundred thousand columns" 12
sed -i 2q exports.csv
try "... in every record" 12
awk 'BEGIN { printf "1000"; for (i = 1001; i < 9999; i++) printf ",%d", i; print ",note,land"
    for (r = 0; r < 20; r++) { for (i = 1000; i < 9999; i++) printf "%d,", i; print ",m" r } }' >exports.csv
sed -i 's/(period.*/wide (country = new land)/; /^show/d; /^list/d' exports.assay
try "nine thousand periods" 3
cat >exports.assay <<'END'
dimension country
metric exports flow yearly in USD by country
import "exports.csv" as exports
    (period = year, country = new land, value = usd, note = note)
END
printf "$header" >exports.csv
try "a header only"
printf 'year,land,usd,note' >exports.csv
try "... without a newline"
: >exports.csv
try "an empty file"
printf '\n\n\n' >exports.csv
try "blank lines"
printf '\357\273\277' >exports.csv
try "a mark and nothing else"
printf '"' >exports.csv
try "a quote"
printf ',,,\n,,,\n' >exports.csv
try "nothing but commas"
rm exports.csv; mkdir exports.csv
try "a folder"
rmdir exports.csv
try "no file"
{ printf "$header"'2020,"'; head -c 40000000 /dev/zero | tr '\0' x; } >exports.csv
try "forty million bytes without an end" 12
{ printf "$header"'2020,'; head -c 40000000 /dev/zero | tr '\0' x; } >exports.csv
try "... and without a quote" 12
gzip -c exports.csv | head -c 20000 >cut.csv; mv cut.csv exports.csv
try "a gzip'd file that is cut off" 12
printf '\037\213\010\000abcdefgh' >exports.csv
try "a gzip'd file that is none" 12
printf "$header"'2020,KR,1,\n' | gzip >exports.csv; printf 'rubbish' >>exports.csv
try "rubbish behind a gzip'd file" 12
