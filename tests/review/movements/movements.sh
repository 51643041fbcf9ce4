# Rules about what is said of changes: each verdict, one step deep.
. ./try.sh
cat >said.assay <<'E'
actor motie "Ministry"
dimension country "Country"
member KR of country; member JP of country
metric exports "Exports" flow yearly in B USD by country
metric trade "Trade" flow yearly in T USD
metric jobless "Jobless" rate yearly in %
policy words owner "desk"
rule said "What is said of a change agrees with the figures"
    for every movement
    require consistent
E
# said FACT...: the facts with the words above, and what the rule says of them.
said()
{
    { cat said.assay; printf '%s\n' "$@"; } >figures.assay
    printf '| %s\n' "$@"
    assay check --format csv figures.assay >said.csv 2>said.txt
    status=$?
    cut -d , -f 2-4,10- said.csv | sed -n '2,$s/,figures.assay.*//p' |
        sed 's/,,,*.*//'
    assay check figures.assay 2>&1 | tail -n 2 | head -n 1
    cat said.txt
    echo "[$status]"
}
base='actual exports[KR]: 2020 = 512.5B, 2021 = 644.5B, 2022 = 683.6B'
echo '= consistent'
said "$base" 'target 2023 exports[KR] = 685B up 0.2% from 2022'
said "$base" 'actual 2023 exports[KR] = 632.2B down 7.5% from 2022'
said "$base" 'actual 2023 exports[KR] = 632.2B down 51.4B from 2022'
said "$base" 'actual 2023 exports[KR] = 690B record'
said "$base" 'actual 2023 exports[KR] = 500B low'
said 'actual 2022 jobless = 3.5%' 'actual 2023 jobless = 3.8% up 0.3 pp from 2022'
echo '= consistent within rounding'
said 'actual 2022 trade = 1.25T' 'actual 2023 trade = 1.27T up 2.0% from 2022'
echo '= inconsistent'
said "$base" 'target 2023 exports[KR] = 685B up 3% from 2022'
said "$base" 'target 2023 exports[KR] = 685B down 0.2% from 2022'
said "$base" 'actual 2023 exports[KR] = 632.2B down 60B from 2022'
said "$base" 'actual 2023 exports[KR] = 600B record'
said "$base" 'actual 2023 exports[KR] = 520B low'
said 'actual 2022 jobless = 3.5%' 'actual 2023 jobless = 3.8% up 0.5 pp from 2022'
said "$base" 'target 2023 exports[KR] = 685B up 0.2% from 2022 up 30% from 2020'
echo '= too coarse to test'
said 'actual 2022 trade = 1T' 'actual 2023 trade = 1T up 3% from 2022'
echo '= cannot tell'
said 'target 2023 trade = 1T up 3% from 2022'
said 'target 2023 trade = 1T up 3% from 2022' 'actual 2023 trade = 1.1T up 4% from 2022'
said 'actual 2022 trade >= 1T' 'target 2023 trade = 1.2T up 3% from 2022'
said 'actual trade: 2020 = 1.2T, 2022 = 1.3T' 'actual 2023 trade = 1.5T record'
said 'actual 2022 trade = 1.5T' 'actual 2023 trade = 1.5T record'
said 'actual 2023 trade = 1.5T record'
said 'actual 2022 trade = 0T' 'actual 2023 trade = 1.5T up 5% from 2022'
echo '= no subject: a movement alone is a value'
said "$base" 'forecast 2023 exports[KR] = down 4.5% from 2022'
said "$base"
echo '= judged by what was known on the day it was said'
said 'actual 2020 trade = 5.125T on 2021-01-01' \
    'actual 2021 trade = 6.445T up 25.8% from 2020 on 2022-01-01' \
    'actual 2020 trade = 5.5T on 2023-01-01'
said 'actual 2021 trade = 6.445T up 25.8% from 2020 on 2022-01-01' \
    'actual 2020 trade = 5.5T on 2023-01-01'
echo '= totals and members alike'
said "$base" 'actual 2023 exports[KR] = 690B record' \
    'actual exports: 2022 = 700B' 'actual 2023 exports = 710B up 9% from 2022'
