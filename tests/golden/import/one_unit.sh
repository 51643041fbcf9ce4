# A member has one unit in all that follows it, also in a file.
exec 2>&1
printf 'year,c,v,u\n2020,KR,5,KRW\n2020,JP,6,JPY\n' >wages.csv
cat >run.assay <<'END'
dimension country
member KR of country; member JP of country
metric wage flow yearly in currency of country by country
metric tax flow yearly in currency of country by country
actual 2020 tax[KR] = 4 USD
import "wages.csv" as wage (period = year, country = c, value = v, unit = u)
END
assay run -q run.assay
