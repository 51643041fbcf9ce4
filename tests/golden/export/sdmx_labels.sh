# A status that was read with its label goes out as that status, and comes back
# as the note that it was.
exec 2>&1
cat >in.csv <<'CSV'
STRUCTURE,STRUCTURE_ID,ACTION,FREQ: Frequency,TIME_PERIOD: Time,OBS_VALUE: Value,OBS_STATUS: Status,NOTE: Remark
dataflow,E:DF(1.0): Flows,I,A: Annual,2022,5,P: provisional,
dataflow,E:DF(1.0): Flows,I,A: Annual,2023,6,P: provisional,see there
dataflow,E:DF(1.0): Flows,I,A: Annual,2024,7,A: normal,
CSV
echo 'metric flows flow yearly' >head.assay
assay run -q --facts one.db head.assay
assay --facts one.db -e 'import "in.csv" as actual flows sdmx'
assay export --facts one.db --format sdmx one.csv
cat one.csv
assay run -q --facts two.db head.assay
assay --facts two.db -e 'import "one.csv" sdmx'
assay export --facts two.db --format sdmx | cmp - one.csv && echo "the table is the same"
assay diff one.db two.db && echo "and so are the facts"
