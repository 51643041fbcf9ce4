# From files to facts in one command, and what the base knows is used.
echo "--- two files, one transaction"
assay import --facts base data/areas.csv data/weo.csv 2>&1
assay --facts base -e 'list imports; list metrics; list members of area' \
    -e 'show NGDP_RPCH, forecast NGDP_RPCH by area for 2021..2023' 2>&1
assay --facts base -e undo -e 'list metrics; list dimensions' 2>&1
echo "--- metrics, dimensions and members of the base"
assay --facts two -e 'dimension country; member KOR "South Korea" of country
member JPN "Japan" of country; metric exports flow yearly in B USD by country
metric `SP.POP.TOTL` "Population" stock yearly in person by country'
printf 'year,iso3,exports\n2022,KOR,683.6\n2023,JPN,717.3\n' >trade.csv
printf 'year,land,exports\n2022,KOR,683.6\n2023,CHN,3380\n' >more.csv
assay import --facts two --quiet trade.csv more.csv data/wdi.csv
assay --facts two -e 'show exports by country for 2022..2023; list metrics'
echo "--- the same again"
assay import --facts two trade.csv 2>&1 | sed '/^#/d'
echo "--- records that cannot be imported"
{ cat trade.csv; echo '2024,KOR,about'; echo '2024,KOR'; } >bad.csv
assay import --facts two bad.csv >out 2>err; echo "[$?]"; sed '/^#/d' out; cat err
assay import --facts two --reject rejects.csv --diagnostics short bad.csv 2>&1 |
    sed '/^#/d'
cat rejects.csv
assay --facts two --format csv -e 'list imports'
echo "--- nothing is kept when one of them fails"
assay import --facts three data/areas.csv bad.csv >out 2>&1; echo "[$?]"
assay --facts three -e 'list dimensions; list imports' --format csv
echo "--- a base that is none"
echo text >none; assay import --facts none trade.csv 2>&1; echo "[$?]"
