# A whole import is taken back, from the start: no `as of` sees it any more. What
# it had declared stays; undo lets it count again.
printf 'year,land,usd,said\n2021,KR,644.4,2022-01-01\n2022,KR,683.6,2023-01-01\n2022,JP,746.7,2023-01-01\n' >exports.csv
cat >facts.assay <<'END'
dimension country
metric exports flow yearly in B USD by country
import "exports.csv" as exports
    (period = year, country = new land, value = usd, on = said)
actual 2022 exports[KR] = 700 on 2022-06-01
forecast 2023 exports[KR] = up 10% from 2022 on 2023-06-01
END
questions='show exports by country for 2021..2022; forecast 2023 exports[KR]
show exports[KR] for 2021..2022 as of 2022-12-31
list members of country; history exports[KR]'
back='retract import 2 because "the wrong file"'
for base in '' '--facts base'; do
    echo "=== ${base:-in memory}"
    assay $base -e "$(cat facts.assay)" -e "$questions" -e "$back" -e "$questions" \
        -e "list imports" -e undo -e "$questions" 2>&1
    echo "[$?]"
done
echo "=== in one text"
{ cat facts.assay; echo "$back"; echo "$questions"; } | assay run - 2>&1
echo "=== taken back twice, imported twice"
assay --facts base -e "$back" -e "$back" 2>&1; echo "[$?]"
assay --facts base -e 'import "exports.csv" as exports
    (period = year, country = new land, value = usd, on = said)' \
    -e 'list imports' 2>&1
echo "=== statements, and a retraction among them"
assay -e '2020 x = 5' -e 'retract 2020 x because "wrong"; 2021 x = 6' \
    -e 'history x' -e 'retract import 2 because "not wrong"' -e 'history x; x' \
    -e undo -e 'history x' 2>&1
assay --facts two -e '2020 x = 5' -e 'retract 2020 x because "wrong"; 2021 x = 6' \
    -e 'history x' -e 'retract import 2 because "not wrong"' -e 'history x; x' \
    -e undo -e 'history x' 2>&1
