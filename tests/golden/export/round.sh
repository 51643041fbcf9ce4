# Text and table read back to the same facts, byte for byte, and diff sees what
# changed between two bases, texts or tables.
exec 2>&1
cat >figures.assay <<'END'
dimension country "Country, \"or\" territory"
member KR "Korea" of country; member JP of country; member G2 of country = KR + JP
actor moef "Ministry; of finance"; source wire "A wire" on 2023-10-05 url "http://w"
calendar fiscal starts 04-01 named by start
metric exports "Exports" flow yearly in B USD by country
metric gdp_growth rate yearly in %
metric debt stock yearly on fiscal in T JPY
actual 2022 exports[KR] = 683.60 by moef on 2023-01-01 note "first, \"quoted\"\nsecond line"
actual 2022 exports[KR] = 683.6 by moef on 2023-02-01
target 2023 exports[KR] = 685 up 0.2% from 2022 source wire
forecast 2023 exports[KR] = down 4.5% from 2022 by moef if "oil, falls"
forecast 2024 exports[JP] in 640..660
target 2024 exports = over 1T by moef
estimate 2024 gdp_growth = about 2.5%
actual FY2022 debt = 1027 on ..2023-05-01
target 2025 exports[KR] = 110% * 2022 exports[KR]
retract actual 2022 exports[KR] by moef because "a slip"
END
assay run -q --facts one.db figures.assay
assay export --facts one.db one.assay
assay export --facts one.db one.csv
assay export --facts one.db --vocabulary names.assay
cat one.assay one.csv
assay run -q --facts two.db one.assay
assay export --facts two.db - | cmp - one.assay && echo "the text is the same"
assay run -q --facts three.db names.assay
assay -q --facts three.db -e 'import "one.csv"'
assay export --facts three.db --format csv | cmp - one.csv && echo "the table is the same"
for pair in "one.db two.db" "one.db one.assay" "two.db figures.assay"; do
    assay diff $pair
    echo "[$?]"
done
assay -q --facts two.db -e 'forecast 2024 gdp_growth = 3% by moef' \
    -e 'forecast 2024 exports[JP] in 630..660; member CN of country'
assay diff one.db two.db
echo "[$?]"
assay diff --format csv one.db two.db
assay diff one.db no.db
echo "[$?]"
assay export --facts one.db one.db
assay export --facts one.db --format csv one.db
assay export --facts one.db no/such.csv
echo "[$?]"
assay verify one.db
