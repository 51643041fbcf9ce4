# What is printed for files of many sorts, and that it runs.
try()
{
    echo "--- $1"
    shift
    assay import "$@" >guessed.assay 2>err
    echo "[$?]"
    cat guessed.assay err
    assay fmt --check guessed.assay
    [ ! -s guessed.assay ] || assay run guessed.assay 2>err >out || {
        echo "does not run:"
        cat err
    }
}
try "vintages, and a status" data/weo.csv
try "members" data/areas.csv
try "codes of series" data/wdi.csv
try "dates for quarters, and codes that look like countries" data/gdp.csv
try "wide" data/wide.csv
try "facts of our own" data/facts.csv
cat >sdmx.csv <<'END'
DATAFLOW,FREQ,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MEASURE,UNIT_MULT,DECIMALS
ECB:EXR(1.0),M,KR,EXP,2023-10,55.09,A,USD,9,2
ECB:EXR(1.0),M,KR,IMP,2023-10,53.46,E,USD,9,2
END
try "SDMX" sdmx.csv
cat >bank.csv <<'END'
"Country Name","Country Code","Indicator Name","Indicator Code","2021","2022"
"Korea, Rep.","KOR","GDP (current US$)","NY.GDP.MKTP.CD",1818432106880.24,1673916504889.9
"Japan","JPN","GDP (current US$)","NY.GDP.MKTP.CD",5034620784595.2,
"Japan","JPN","GDP growth (annual %)","NY.GDP.MKTP.KD.ZG",2.55964,0.95495
END
try "a file of the World Bank" bank.csv
cat >trade.csv <<'END'
year,country,exports_usd_bn,imports (million EUR),growth,quota %
2022,KR,683.6,731400,6.1,5
2023,KR,632.2,642600,-7.5,5
END
try "several columns of figures" trade.csv
cat >notes.csv <<'END'
date,temperature,forecaster,source,remark,empty,,kelvin
2023-10-05,17.5,kma,bulletin,"a long remark about the day, which goes on and on",,x,290.65
2023-10-06,18.1,kma,bulletin,"another long remark about the day, which goes on",,x,291.25
END
try "who, and what they said" notes.csv
printf 'sector;projects\nroads;5\nrail;7\n' >once.csv
try "no periods" once.csv
printf 'observation_date,GDP\n2023-01-01,26813.601\n2023-04-01,27063.012\n' >fred.csv
try "one series" fred.csv
printf '시점,지역,값\n2022,서울,9.4\n2023,서울,9.3\n2023,부산,3.3\n' >korean.csv
try "in Korean" korean.csv
printf 'year,hs,value\n2022,0101,5\n2023,0102,6\n' >codes.csv
try "codes with zeros in front" codes.csv
printf 'year,by,if,total,kg,value\n2022,a,b,c,d,5\n2023,e,f,g,h,6\n' >words.csv
try "headers that are words of the language" words.csv
printf 'year,"a`b","v ""1""","x{y}",value,value\n2022,1,2,3,4,5\n' >'odd {name}.csv'
try "names that cannot be written" 'odd {name}.csv'
printf 'year,value,x\n' >wide_row; awk 'BEGIN { print "year,a,b,c,d,e,f,g,h,i,value"
    for (r = 0; r < 3; r++) print 2020 + r ",a" r ",b" r ",c" r ",d" r ",e" r ",f" r ",g" r ",h" r ",i" r "," r ".5" }' >many.csv
try "too many dimensions" many.csv

echo "=== what cannot be guessed"
printf 'year,month,value\n2023,1,5\n2023,2,6\n' >split.csv
try "a period in two columns" split.csv
printf '2020,KR,5.5\n2021,KR,6\n' >nohead.csv
try "no header" nohead.csv
printf 'Data Source,WDI\n\nLast Updated,2023\n\nCountry Name,Country Code,2021\nKorea,KOR,5\nJapan,JPN,6\nChina,CHN,7\n' >above.csv
try "lines above the header" above.csv
printf 'Jahr;Land;Wert\n2020;KR;"1,5"\n2021;KR;"2,5"\n' >comma.csv
try "decimal commas" comma.csv
printf 'year,value\n' >head.csv
try "a header only" head.csv
: >empty.csv
try "an empty file" empty.csv
printf 'PK\003\004xyz\0' >sheet.csv
try "a spreadsheet" sheet.csv
printf 'year,value\n2020,"5\n' >quote.csv
try "a quote that is not closed" quote.csv
try "a folder" data
try "no file" nosuch.csv
try "one of them is none" data/areas.csv nosuch.csv empty.csv
