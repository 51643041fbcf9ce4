# value = round(COLUMN, N): figures have N digits behind the point, whatever a
# program made of them: 2 was 2.000, and 1.4729999999 was 1.473.
cat >rates.csv <<'END'
year,rate
2018,2
2019,2.9
2020,-0.0005
2021,1.4729999999
2022,12.3456
2023,about 5
2024,-3.0015
END
ask()
{
    echo "value = $1"
    assay -q -e "metric growth_rate rate yearly in %
import \"rates.csv\" as actual growth_rate (period = year, value = $1)
show growth_rate with bounds; show avg(growth_rate for 2018..2019) as mean" 2>&1
    echo "[$?]"
}
ask rate
ask 'round(rate, 3)'
ask 'round(rate, 0)'
ask 'round(rate)'
ask 'round(rate, -1)'
ask 'round(rate, 3, 4)'
ask 'round(rat, 3)'
ask 'abs(rate)'
assay -q -e 'metric growth_rate rate yearly in %
import "rates.csv" as actual growth_rate (period = round(year, 3), value = rate)' 2>&1
# A scale is put behind it
printf 'year,bn\n2020,1.5\n2021,2\n' >gdp.csv
assay -q -e 'metric gdp yearly in B USD
import "gdp.csv" as actual gdp (period = year, value = round(bn, 3))
show gdp with bounds'
