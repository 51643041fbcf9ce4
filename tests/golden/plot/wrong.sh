# What cannot be drawn is refused at its place; nothing is left of a file.
exec 2>&1
cat >names.assay <<'X'
metric exports "Exports" flow yearly in B USD
actual exports: 2021 = 644.4, 2022 = 683.6
X
while IFS= read -r statement; do
    { cat names.assay; printf '%s\n' "$statement"; } >case.assay
    printf '%s\n' "$statement"
    assay run --diagnostics short case.assay
    echo "    [$?]"
done <<'X'
plot exports > 5
plot exports, known(exports)
plot "text"
plot spark(exports)
plot exprots
plot exports by country
plot exports for target exports
plot exports into "chart.pdf"
plot exports into "chart"
plot exports into ".svg"
plot exports into "a.txt" for 2021..2022 into "b.txt"
plot exports into "no/such.txt"
plot exports for 1990..1995 into "empty.txt"
plot 2021 exports / 0 into "empty.svg"
show exports into "a.txt"
explain plot exports into "a.txt"
plot exports into "a.txt"; plot exprots
X
echo 'plot 2021 exports into "a.txt"' >>names.assay
assay --diagnostics short -e 'include "names.assay"'
mkdir bin && ln -s "$(command -v assay)" bin/assay
sed 's/a.txt/a.svg/' names.assay >svg.assay
(PATH=$PWD/bin; assay run svg.assay; echo "[$?]")
echo "files left: $(ls | grep -c "[.]\(txt\|svg\)")"
