# Where the cell of an imported figure stands: file, line and column. A fact
# base keeps the line alone.
. ./try.sh
places()
{
    echo "\$ assay check $*"
    assay check --csv out.csv --json out.json --sarif out.sarif "$@" \
        >out.txt 2>&1
    echo "[$?]"
    sed -n 's/^  --> //p' out.txt
    grep -o '[a-z.]*csv[a-z.]*"},"region":{[^}]*}' out.sarif
}
cat >words.assay <<'END'
dimension country
member KR "Korea" of country
member CI "Côte d'Ivoire" of country
metric sales "Sales" flow yearly in M USD by country
END
cat >rule.assay <<'END'
rule up for every actual sales require actual > 0
END
sed -i 's/^/policy p; /' rule.assay
echo '= tidy: the column of the values, in characters, quotes included'
cat >tidy.csv <<'END'
kind,period,note,metric,country,value
actual,2021,,sales,KR,1
actual,2022,"über alles, ""é""",sales,KR,-2
actual,2023,,sales,CI,"-3.5"
actual,2024,"two
lines",sales,CI,-4
END
places words.assay rule.assay tidy.csv
assay check -q --github words.assay rule.assay tidy.csv 2>/dev/null |
    grep -o '^::error [^:]*'
cut -d , -f 3,16-30 out.csv | head -n 3
grep -o '"place": *{[^}]*}' out.json | head -n 4
echo '= wide: the column of the period'
printf 'name;code;2021;2022;2023\r\n"Côte d'"'"'Ivoire";CI;-1; -2;..\r\nKorea;KR;3;4;-5,0\r\n' >wide.csv
cat >import.assay <<'END'
import "wide.csv" as actual sales wide (country = code, note = name)
END
places words.assay import.assay rule.assay wide.csv
sed -i 's/-5,0/-5.0/' wide.csv
places words.assay import.assay rule.assay wide.csv
echo '= packed'
gzip -n <wide.csv >packed.csv.gz
sed 's/wide.csv/packed.csv.gz/' import.assay >packed.assay
places words.assay packed.assay rule.assay packed.csv.gz
echo '= over a base, which keeps lines'
assay run --quiet --facts facts.db words.assay import.assay 2>/dev/null
places --facts facts.db rule.assay
places --facts facts.db rule.assay tidy.csv
