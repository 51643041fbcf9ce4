# A value in words with a unit beside it: the unit says the scale of what has none
# of its own, and the unit of a line that has none yet; another unit is a mistake.
exec 2>&1
cat >names.assay <<'END'
dimension country
member KR of country; member US of country
metric wage stock yearly in currency of country by country
metric gdp yearly in USD
metric debt yearly in M USD
metric steel yearly in tonne
END
cat >words.csv <<'END'
period,metric,country,value,unit
2020,gdp,,about 5,B USD
2021,gdp,,in 5..6.5,B USD
2022,gdp,,650 +- 5,B USD
2023,gdp,,650 up 3% from 2022,B
2024,gdp,,about 5,
2023,debt,,>= 5,USD
2024,debt,,>= 5,
2025,debt,,>= 5B USD,USD
2021,wage,KR,about 7,K KRW
2022,wage,KR,7,
2020,wage,US,= 2 * 5,USD
END
cp words.csv mixed.csv
printf '%s\n' '2020,steel,,about 5,kg' '2021,steel,,about 5 kg,' >>mixed.csv
assay run -q --facts words.db names.assay
assay -q --facts words.db -e 'import "mixed.csv"'
assay -q --facts words.db -e 'import "words.csv"'
assay export -q --facts words.db - | grep ^actual
