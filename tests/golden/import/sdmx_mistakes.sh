# What is wrong with a statement or a record of SDMX-CSV is said with its place.
exec 2>&1
cat >head.assay <<'TEXT'
dimension country
member KR of country
metric exports flow yearly in B USD by country
metric one once
TEXT
cat >good.csv <<'CSV'
STRUCTURE,STRUCTURE_ID,ACTION,FREQ,COUNTRY,SECTOR,TIME_PERIOD,OBS_VALUE,UNIT_MULT
dataflow,E:DF(1.0),I,A,KR,S1,2022,683.6,9
CSV
echo 'year,usd' >plain.csv
printf 'STRUCTURE,STRUCTURE_ID,ACTION,COUNTRY,TIME_PERIOD,AMOUNT\nd,E:DF,I,KR,2022,5\n' >other.csv
cat >bad.csv <<'CSV'
STRUCTURE,STRUCTURE_ID,ACTION,FREQ,COUNTRY,SECTOR,TIME_PERIOD,OBS_VALUE,UNIT_MULT
dataflow,E:DF(1.0),X,A,KR,S1,2022,683.6,9
dataflow,E:DF(1.0),I,A,KR,S1,2022,6x3,9
dataflow,E:DF(1.0),I,A,KR,S1,2022,683.6,1.5
dataflow,E:DF(1.0),I,A,KR,S1,2022,683.6,99
dataflow,E:DF(1.0),I,A,XX,S1,2022,683.6,9
dataflow,E:DF(1.0),I,A,KR,S1,2022,683.6,30
dataflow,E:DF(1.0),I,A,KR,S1,2022,683.6
dataflow,E:DF(1.0),I,A,KR,S1,2023,INF,9
dataflow,E:DF(1.0),I,A,KR,S1,2024,700,9
CSV
run() {
    echo "--- $1"
    { cat head.assay; echo "import $1"; } >case.assay
    assay run case.assay
    echo "[$?]"
}
run '"plain.csv" as exports sdmx'
run '"good.csv" sdmx'
run '"good.csv" as exports sdmx (SECTOR = new S1)'
run '"good.csv" as exports sdmx (SECTOR = S1 {S1: S2})'
run '"good.csv" as exports sdmx (SECTOR = S13)'
run '"good.csv" as exports sdmx (sectr = S1)'
run '"good.csv" as exports sdmx (value = OBS_VALU)'
run '"good.csv" as members of country sdmx (name = COUNTRY)'
run '"good.csv" as one sdmx (period = TIME_PERIOD)'
run '"other.csv" as exports sdmx'
run '"other.csv" as exports sdmx (value = AMOUNT)'
run '"bad.csv" as exports sdmx'
assay run -q --reject reject.csv case.assay
cat reject.csv
