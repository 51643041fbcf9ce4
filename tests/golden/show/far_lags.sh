# Lags with absurd distances say what is wrong, or which period lacks a figure.
exec 2>&1
ask() {
    echo "--- $1 $2: $3"
    assay -e "metric gdp \"Gross domestic product\" flow $1
$2 gdp = 4
show $3"
}
for distance in 1e9 -1e9 100001 1.5 -0.5 gdp '"x"' '5 USD'; do
    ask yearly 2020 "previous(gdp, $distance)"
done
ask yearly 2020 'previous(gdp, 100000)'
ask yearly 2020 'previous(gdp, 5000)'
ask yearly 2020 'year_ago(gdp, 5000)'
ask yearly 2020 'previous(previous(gdp, 100000), 100000)'
ask yearly 9000 'lead(gdp, 20000)'
ask yearly 2020 'previous(gdp, -3)'
ask quarterly 0100-Q1 'previous(gdp, 1000)'
ask monthly 0100-01 'previous(gdp, 10000)'
ask weekly 0100-W01 'previous(gdp, 20000)'
ask daily 0100-01-01 'previous(gdp, 100000)'
ask yearly 2020 'lead(gdp, 1e9)'
ask yearly 2020 'mavg(gdp, 1e9)'
