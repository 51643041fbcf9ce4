# compare gives the unit of each row, for people and programs; a column keeps one
# scale for each unit.
cat >wages.assay <<'END'
dimension country
member KR of country; member JP of country; member US of country
metric wages flow yearly in currency of country by country
metric paid flow yearly in currency of country by country
actual wages[KR]: 2022 = 900K KRW, 2023 = 42M KRW
target 2023 wages[KR] = 40M KRW; forecast 2023 wages[KR] = 40.5M KRW
actual wages[JP]: 2022 = 800 JPY, 2023 = 4.8M JPY
target 2023 wages[JP] = 5M JPY
actual wages[US]: 2022 = 50B USD, 2023 = 52.5B USD
target 2023 wages[US] >= 51B USD
actual 2023 paid[KR] = 41M KRW
actual 2023 paid[JP] = 4.6M JPY
actual 2023 paid[US] = 51B USD
END
cat >compare.assay <<'END'
include "wages.assay"
compare wages by country
compare wages by country for 2023
compare 2023 wages by country with target, forecast
compare 2023 wages[KR]
compare 2023 wages[JP] with forecast
compare 2023 wages by country with 2022 wages, 2023 paid
END
assay run compare.assay
for format in csv json markdown; do
    assay run --format $format wages.assay - <<'END'
compare 2023 wages by country
END
done
assay run wages.assay - <<'END'
show wages, wages / 3 as third by country with bounds
compare 2023 wages[KR] with 2023 wages[JP]
END
