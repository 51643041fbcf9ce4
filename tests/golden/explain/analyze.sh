# What explain says of a plan, and what analyze adds: counts, and times that
# differ from run to run.
exec 2>&1
cat >facts.assay <<'END'
dimension area; member kr of area; member jp of area; member eu of area
metric exports flow yearly in B USD by area
metric debt stock yearly in B USD
actual exports[kr]: 2019 = 542, 2020 = 512, 2021 = 644, 2022 = 684
actual exports[jp]: 2019 = 705, 2020 = 641, 2021 = 756
forecast 2023 exports[kr] = 650
END
cat facts.assay - <<'END' >case.assay
explain show growth(exports) by area for 2020..2022
explain analyze show growth(exports) by area for 2020..2022 where exports > 600
explain analyze show exports / sum(exports over area), rolling(avg, exports, 2), rank(exports over area), ytd(exports) for 2021
explain analyze debt
explain analyze check forecast exports > exports for 2023
explain analyze compare 2021 exports
metric goods_and_services_of_all_countries_at_current_prices flow yearly by area
explain analyze show goods_and_services_of_all_countries_at_current_prices, exports
explain analyze actual 2024 exports[kr] = 3
END
assay run case.assay | sed -E 's/ *[0-9]+\.[0-9]{3} ms/  N ms/'
# The word is a name elsewhere.
assay run - <<'END'
metric analyze yearly in USD
actual 2020 analyze = 5
analyze
explain analyze
explain `analyze`
END
assay fmt - <<'END'
explain   analyze show exports
END
true
