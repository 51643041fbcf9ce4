# The wide files of the World Bank as they are handed out: with a byte order mark,
# lines above the header, a comma at the end of each, and the day of the figures.
exec 2>&1
cat >bank.assay <<'TEXT'
dimension country
metric exports flow yearly in USD by country
import "data/bank.csv" as members of country
    (name = `Country Code`, title = `Country Name`)
import "data/bank.csv" as actual exports wide (country = `Country Code`)
show exports to B USD by country for 2022..2024
history 2023 exports[KOR]
import "data/bank.csv" as estimate exports wide (country = `Country Code`,
    on = 2025-12-31)
history estimate 2023 exports[KOR]
TEXT
assay run bank.assay
echo "--- guessed"
assay import data/bank.csv | tee guess.assay
echo 'show `TX.VAL.MRCH.CD.WT` by country' >>guess.assay
assay run -q guess.assay
echo "--- no day, and no header"
printf '"Data Source","World Development Indicators",\n\n"Last Updated Date","soon",\n\n"c","2020",\n"KOR","1",\n' >day.csv
printf '"Data Source","World Development Indicators",\n' >none.csv
for file in day none; do
    assay -e "dimension c; metric x yearly by c
import \"$file.csv\" as x wide (c = new c)
history x[KOR]"
done
