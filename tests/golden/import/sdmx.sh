# SDMX-CSV 1.0 and 2.0, with and without labels; what the header says needs no
# mapping, and what would let figures of several series meet is refused.
exec 2>&1
cat >one.csv <<'CSV'
DATAFLOW,FREQ,REF_AREA,SECTOR,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MEASURE,UNIT_MULT,DECIMALS,TITLE
OECD:DF_X(1.0),A,KR,S1,2022,683.6,A,USD,9,1,Exports
OECD:DF_X(1.0),A,KR,S1,2023,632.20,P,USD,9,2,Exports
OECD:DF_X(1.0),A,JP,S1,2023,717256,E,USD,6,0,Exports
OECD:DF_X(1.0),A,JP,S1,2024,NaN,O,USD,9,1,Exports
OECD:DF_X(1.0),A,JP,S1,2025,,,,,,Exports
OECD:DF_X(1.0),Q,_T,S1,2023-Q3,5,A,USD,12,0,Exports
OECD:DF_X(1.0),M,KR,S1,2023-M10,55.1,A,XDC,9,1,Exports
CSV
cat >head.assay <<'TEXT'
dimension country
metric exports flow yearly in B USD by country
TEXT
run() {
    echo "--- $1"
    { cat head.assay; printf '%s\n' "$2"; } >case.assay
    assay run case.assay
    echo "[$?]"
}
run "1.0" 'import "one.csv" as actual exports sdmx (country = new REF_AREA)
show exports by country
show 2023-Q3 exports
show 2023-10 exports by country
history exports[KR]
list members of country'
run "kinds by the status" 'import "one.csv" as exports sdmx (country = new REF_AREA,
    FREQ = A, kind = OBS_STATUS {E: estimate, P: actual, else: skip})
show exports, estimate exports by country'
run "an estimate goes without saying" 'import "one.csv" as estimate exports sdmx
    (country = new REF_AREA, FREQ = A)
history estimate exports[KR]
history estimate exports[JP]'
run "a unit of ours for one of theirs" 'metric won flow monthly in B KRW by country
import "one.csv" as actual won sdmx (country = new REF_AREA, FREQ = M,
    unit = UNIT_MEASURE {XDC: KRW, else: skip})
show won by country'

cat >two.csv <<'CSV'
STRUCTURE[|];STRUCTURE_ID;ACTION;FREQ:Frequency;COUNTRY: Country;SECTOR: Sector;TIME_PERIOD:Time;OBS_VALUE: Value;OBS_STATUS: Status;UNIT_MULT: Multiplier;NOTE[en|fr]: Remark
dataflow;E:DF(1.0): Ex: ports;I;A: Annual;KR: Korea: South;S1: All;2022: 2022;683,6;A: Normal;9: Billions;
dataflow;E:DF(1.0): Ex: ports;A;A: Annual;JP: Japan;S1: All;2022: 2022;-1,5;P: Provisional;9: Billions;en:see: there
datastructure;E:DSD(1.0): Ex: ports;R;A: Annual;JP: Japan;S13: Government;2022;5;;9: Billions;
dataflow;E:DF(1.0): Ex: ports;M;A: Annual;JP: Japan;S1: All;2023;700.1;;9: Billions;
dataflow;E:DF(1.0): Ex: ports;D;A: Annual;JP: Japan;S1: All;2021;-;;;
dataflow;E:DF(1.0): Ex: ports;D;A: Annual;;;;;;;
CSV
run "2.0, labels behind the codes" 'import "two.csv" as actual exports sdmx (country = new COUNTRY, SECTOR = S1)
show exports by country
history exports[JP]
list members of country'
run "two series for a cell" 'import "two.csv" as actual exports sdmx (country = new COUNTRY)'
run "members that are not known" 'import "two.csv" as actual exports sdmx (SECTOR = S1)'

cat >names.csv <<'CSV'
STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,FREQ,Frequency of observation,REF_AREA,Reference area,TIME_PERIOD,Time period,OBS_VALUE,Observation value,UNIT_MULT,Unit multiplier
dataflow,E:DF(1.0),Exports,I,A,Annual,KR,Korea,2022,,683.6,,9,Billions
dataflow,E:DF(1.0),Exports,I,A,Annual,JP,Japan,2022,,746.8,,9,Billions
CSV
run "2.0, labels in columns of their own" 'import "names.csv" as exports sdmx (country = new REF_AREA)
show exports by country
list members of country'
cat >labels.csv <<'CSV'
STRUCTURE,STRUCTURE_ID,ACTION,FREQ,FREQ_LABEL,Country,Country_LABEL,INDICATOR,INDICATOR_LABEL,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT
dataflow,I:DF(1.0),I,A,Annual,KR,Korea,exports,Exports of goods,2022,683.6,USD,9
dataflow,I:DF(1.0),I,A,Annual,KR,Korea,people,Population,2022,51.7,PS,6
dataflow,I:DF(1.0),I,A,Annual,KR,Korea,ratio,Ratio,2022,47.5,PT_B1GQ,0
CSV
run "metrics by a column" 'member KR of country
metric people stock yearly in M person by country
metric ratio rate yearly in % by country
import "labels.csv" sdmx
show exports, people, ratio'
run "the European Central Bank" "dimension currency
metric rate stock monthly in USD by currency
import \"data/ecb.csv\" as rate sdmx (currency = new CURRENCY)
show rate by currency"
run "imported twice" 'import "one.csv" as actual exports sdmx (country = new REF_AREA, FREQ = A)
import "one.csv" as actual exports sdmx (country = new REF_AREA, FREQ = A)'
