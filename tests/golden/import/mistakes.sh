# What is wrong with a statement, or with a file, as a person sees it.
cat >exports.csv <<'END'
year,country,usd_bn,share,who,said
2022,KR,683.6,2.8%,customs,2023-01-01
2023,KR,632.2,2.7%,customs,2024-01-01
END
cat >head.assay <<'END'
dimension country "Country"; member KR "South Korea" of country
dimension goods; actor customs
metric exports flow yearly in B USD by country
metric weight flow yearly in kg by country, goods
metric quota once in kg by country
metric rating rate yearly in % by country
calendar us starts 10-01 named by end
END
file()
{
    printf "$1" >exports.csv
}
try()
{
    echo "--- $1"
    { cat head.assay; printf 'import "exports.csv" %s\n' "$1"; } >case.assay
    assay run case.assay 2>&1 | sed '/^error/,$!d'
}
echo "=== the statement"
try 'as exports (period = year, country = country, value = usd)'
try 'as exports (period = year, country = country, value = usdbn)'
try 'as exports (period = year, land = country, value = usd_bn)'
try 'as exports (period = year, contry = country, value = usd_bn)'
try 'as exports (period = year, country = country)'
try 'as exports (country = country, value = usd_bn)'
try '(period = year, country = country, value = usd_bn)'
try 'as exprots (period = year, country = country, value = usd_bn)'
try 'as plan exports (period = year, country = country, value = usd_bn)'
try 'as exports[JP] (period = year, value = usd_bn)'
try 'as exports[country = *] (period = year, value = usd_bn)'
try 'as exports (period = year, period = said, value = usd_bn)'
try 'as 2023 exports (period = year, value = usd_bn)'
try 'as exports (period = year, goods = who, value = usd_bn)'
try 'as exports (period = year, value = new usd_bn)'
try 'as exports (period = year, kind = new who, value = usd_bn)'
try 'as exports (period = year {a: b}, value = usd_bn)'
try 'as exports (period = year, value = 5)'
try 'as exports (period = year, value = usd_bn, note = who_said)'
try 'as exports (period = year, value = usd_bn, on = yesterday)'
try 'as exports (period = year, value = usd_bn, unit = furlong)'
try 'as exports wide (country = country)'
try 'as exports wide (period = year)'
try 'as exports sdmx'
try 'as members of land (name = country)'
try 'as members of country (title = country)'
try 'as members of country (name = country, value = usd_bn)'
try 'as members of country'
try ''
try 'as quota (period = year, country = country, value = usd_bn)'
echo "=== cells"
file 'year,country,usd_bn,share,who,said\n2022,KR,683.6,2.8%%,customs,2023-01-01\n'
try 'as exports (period = who, country = country, value = usd_bn)'
try 'as exports (period = year, country = country, value = who)'
try 'as exports (period = year, country = who, value = usd_bn)'
try 'as exports (period = year, country = country, value = share)'
try 'as rating (period = year, country = country, value = usd_bn, unit = kg)'
try 'as exports (period = year, country = country, value = usd_bn, on = who)'
try 'as exports (period = year, country = country, value = usd_bn, actor = country)'
try 'as exports (period = year, country = country, value = usd_bn, source = who)'
try 'as exports (period = year, country = country, value = usd_bn, kind = who)'
try '(metric = who, period = year, value = usd_bn)'
try '(metric = new country, period = year, value = usd_bn, goods = new who)'
file 'year,m,land,v\n2022,quota,KR,5\n,exports,KR,5\n2022,,KR,5\nFY2022,exports,KR,6\n2022,weight,KR,1 USD\n2022,mean,,1\n'
try '(metric = m, period = year, country = land, value = v)'
try '(metric = new m, period = year, country = land, value = v)'
file 'year,land,v\n2022,kr,1\n2022,K R,1\n2022,South Korea,1\n2022,K\314\210R,1\n2022,"a\nb",1\n'
try 'as exports (period = year, country = land, value = v)'
file 'year,v\n2022,1\\.5\n2022,1 5\n2022,"1,500"\n2022,1e400\n2022,--1\n2022,=SUM(A1)\n2022,#REF!\n2022,$5\n2022,5%%\n2022,5; quit\n2022,5 by customs\n2022,1.2.3\n2022,\357\274\225\n2022,exports\n2022,"5\n6"\n2022,0x10\n'
try 'as exports (period = year, value = v)'
file 'when,v\n23,1\n2023-13,1\n2023-02-30,1\n10/05/2023,1\n05.10.2023,1\nOct 2023,1\n20231005,1\n0000,1\n10000,1\n2023-Q5,1\n2023-W54,1\nFY2023,1\n'
try 'as exports (period = when, value = v)'
try 'as 2023 exports (on = when, value = v)'
echo "=== lines"
file 'year,country,usd_bn,share,who,said\n2022,KR,1\n2022,KR,1,2,3,4,5,6\n2022,"KR,1,2,3,4\n2022\n'
try 'as exports (period = year, country = country, value = usd_bn)'
file 'year,v,v\n2022,1,2\n'
try 'as exports (period = year, value = v)'
file 'year,,"a`b","c\nd"\n2022,1,2,3\n'
try 'as exports (period = year, value = v)'
try 'as exports (period = year, value = "a`b")'
