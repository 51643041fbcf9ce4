# gnuplot draws SVG and PNG; nothing that people wrote is a command to it.
command -v gnuplot >/dev/null || { echo "gnuplot is not installed" >&2; exit 77; }
exec 2>&1
cat >names.assay <<'X'
dimension who
member "x'; system \"touch pwned\"; '" of who
member "`touch pwned` %d {/Bold b} ^2 _3 @foo \\n" of who
metric people stock yearly in M person by who
metric bound stock yearly
actual people["x'; system \"touch pwned\"; '"]: 2020 = 1, 2021 = 2
actual people["`touch pwned` %d {/Bold b} ^2 _3 @foo \\n"]: 2020 = 3, 2021 = -4
actual bound: 2019 = 5.0, 2020 in 4..6, 2021 >= 7, 2022 <= 9, 2023 = 8
plot people by who into "lines.svg"
plot people, growth(people) by who into "panels.svg"
plot 2020 people, 2021 people by who into "bars.svg"
plot bound into "bounds.svg"
plot people as `it's "x"` by who into "lines.png"
X
echo 'set title "from a setting"' >"$HOME/.gnuplot"
assay run names.assay
for file in *.svg; do
    echo "$file"
    sed -n 's/.*<text>\(.*\)<\/text>.*/    \1/p' "$file"
done
od -An -c -N 8 lines.png
for locale in C de_DE.UTF-8; do
    LC_ALL=$locale GNUTERM=dumb assay run -q names.assay && cksum <lines.svg
done | uniq | wc -l
ls | grep "[.]\(txt\|svg\|png\|[0-9].*\)$"
