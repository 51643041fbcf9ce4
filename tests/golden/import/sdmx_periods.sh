# Every form of TIME_PERIOD that is a period here, and those that are none, with
# their line and column.
exec 2>&1
echo 'metric x stock yearly' >head.assay
{
    echo 'DATAFLOW,TIME_PERIOD,OBS_VALUE'
    for period in 2001 2002-A1 2003Z 2003-S2 2004-H1 2005-Q3 2005-Q04 2006-02 \
        2007-M2 2007-M10 2007-11+09:00 2008-W01 2009-W53 2010-02-28 2012-D060 \
        2013-01-31T00:00:00 2014-01-31T00:00:00.000Z 2015-01-01/P1Y \
        2016-07-01/P6M 2017-04-01/P3M 2018-12-01/P1M 2018-01-01/P7D \
        2019-03-05/P1D 2019-04-01T00:00:00/P1M; do
        echo "X,$period,1"
    done
} >good.csv
cat head.assay - >good.assay <<'TEXT'
import "good.csv" as x sdmx
TEXT
assay run --facts good.db good.assay
assay export --facts good.db --format csv | cut -d, -f2
{
    echo 'DATAFLOW,FREQ,TIME_PERIOD,OBS_VALUE,REPORTING_YEAR_START_DAY'
    for period in 2023-T2 2023-A2 2023-S3 2023-Q5 2023-Q0 2023-M13 2023-M007 \
        2023-W53 2023-D366 2023-13 2023-02-29 2023-10-05T14:30:00 \
        2023-02-01/P3M 2023-01-01/P2Y 2023/P1Y FY2023 20231005 2023-QQ soon; do
        echo "X,,$period,1,"
    done
} >bad.csv
{
    echo 'DATAFLOW,FREQ,TIME_PERIOD,OBS_VALUE,REPORTING_YEAR_START_DAY'
    echo 'X,Q,2023-10,1,'
    echo 'X,M,2023,1,'
    echo 'X,A,2023-A1,1,--04-01'
    echo 'X,A,,1,'
} >worse.csv
for file in bad worse; do
    sed "s/good/$file/" good.assay >bad.assay
    assay run bad.assay
    echo "[$?]"
done
echo "--- FREQ says which period a day stands for, and chooses records"
cat >days.csv <<'CSV'
DATAFLOW,FREQ,TIME_PERIOD,OBS_VALUE
X,A,2021-12-31,1
X,Q,2022-03-31,2
X,B,2022-04-01,3
X,H,2022-S1,4
X,A: no label here,2023,5
CSV
cat >days.assay <<'TEXT'
metric x stock daily
import "days.csv" as x sdmx
TEXT
assay run --facts days.db days.assay
assay export --facts days.db --format csv
echo "--- years of a calendar"
cat >fiscal.csv <<'CSV'
DATAFLOW,FREQ,TIME_PERIOD,OBS_VALUE,REPORTING_YEAR_START_DAY
X,A,2021-A1,5,--10-01
X,A,2022-A1,6,--10-01
CSV
cat >fiscal.assay <<'TEXT'
calendar us starts 10-01 named by end
metric debt stock yearly on us
import "fiscal.csv" as debt sdmx
show debt
TEXT
assay run -q fiscal.assay
