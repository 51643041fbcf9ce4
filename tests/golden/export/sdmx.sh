# SDMX-CSV for others, and back: what is no plain number stands in a column of
# ours, so that all facts come back; what others cannot read is told.
exec 2>&1
cat >figures.assay <<'TEXT'
dimension country "Country, \"or\" territory"
dimension freq
member KR "Korea" of country; member JP of country; member G2 of country = KR + JP
member `a b` of freq
actor moef "Ministry; of finance"; source wire "A wire" on 2023-10-05 url "http://w"
calendar fiscal starts 04-01 named by start
calendar us starts 10-01 named by end
kind outlook like forecast
metric exports "Exports" flow yearly in B USD by country
metric people stock quarterly in K person by country, freq
metric gdp_growth rate yearly in %
metric margin rate monthly in pp
metric debt stock yearly on fiscal in T JPY
metric budget stock yearly on us in T USD
metric plain stock yearly
metric scaled stock halfyearly in M
metric one once in USD
metric percap stock yearly in USD / person
metric oil flow weekly in barrel
metric price stock daily in USD
actual 2022 exports[KR] = 683.60 by moef on 2023-01-01 note "first, \"quoted\"\nsecond line"
actual 2022 exports[KR] = 683.6 by moef on 2023-02-01 note "OBS_STATUS P; later"
actual 2021 exports[KR] = 640 note "OBS_STATUS P"
actual 2020 exports[KR] = 640 note "OBS_STATUS P: in words"
target 2023 exports[KR] = 685 up 0.2% from 2022 source wire
forecast 2023 exports[KR] = down 4.5% from 2022 by moef if "oil, falls"
forecast 2024 exports[JP] in 640..660
target 2024 exports = over 1T by moef
estimate 2024 gdp_growth = about 2.5%
forecast 2025 gdp_growth = 2.50%
outlook 2026 gdp_growth = -1e-3%
actual 2023-10 margin = 0.3 pp
actual FY2022 debt = 1027 on ..2023-05-01
actual FY2022 budget = 30
target 2025 exports[KR] = 110% * 2022 exports[KR]
actual 2022-Q3 people[KR, `a b`] = 51700
actual 2022 plain = 17
actual 2022-H1 scaled = 17.50
actual one = exactly 5
actual 2022 percap = 32000
actual 2023-W40 oil = 12.5K
actual 2023-10-05 price = 83.1 url "http://x"
retract actual 2022 exports[KR] by moef because "a slip"
TEXT
assay run -q --facts one.db figures.assay
assay export --facts one.db --format sdmx one.csv
cat one.csv
assay export --facts one.db --vocabulary names.assay
echo "--- back"
assay run -q --facts two.db names.assay
assay --facts two.db -e 'import "one.csv" sdmx'
assay export --facts two.db --format sdmx | cmp - one.csv && echo "the table is the same"
assay diff one.db two.db
echo "--- the statement"
cat >plain.assay <<'TEXT'
metric exports flow yearly in B USD
actual exports: 2022 = 683.6, 2023 = 632.2
export "plain.csv" sdmx
TEXT
assay run plain.assay
cat plain.csv
assay import plain.csv
echo "--- refused"
assay export --facts one.db --format sdmx --vocabulary
assay --format sdmx -e 'show 1'
assay -e 'export last to "x.csv" sdmx'
