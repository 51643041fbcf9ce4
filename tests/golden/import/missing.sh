# A column `missing` says that a record has no value, or why.
exec 2>&1
run() {
    echo "--- $1"
    printf '%s\nimport "%s\nshow exports by country\n' "$head" "$1" >case.assay
    assay run --reject set_aside.csv case.assay
    echo "[$?]"
}
strict() {
    echo "--- $1"
    printf '%s\nimport "%s\n' "$head" "$1" >case.assay
    assay run case.assay
    echo "[$?]"
}
head='dimension country; member KR of country; member JP of country
metric exports flow yearly in B USD by country'
# The header speaks for itself; truths are read in any case
cat >tidy.csv <<'CSV'
metric,period,country,value,missing
exports,2019,KR,542.2,
exports,2020,KR,512.5,false
exports,2021,KR,644.4,No
exports,2022,KR,683.6,0
exports,2023,KR,,true
exports,2019,JP,,not collected
exports,2020,JP,NA,confidential
exports,2021,JP,,not collected
exports,2022,JP,,1
exports,2023,JP,,
CSV
run 'tidy.csv"'
# Under another name
sed 's/,missing/,why/; s/,value/,obs/' tidy.csv >named.csv
run 'named.csv" as exports (period = period, country = country, value = obs, missing = why)'
# A value beside a reason contradicts itself
cat >both.csv <<'CSV'
metric,period,country,value,missing
exports,2019,KR,542.2,
exports,2020,KR,512.5,confidential
exports,2021,KR,644.4,TRUE
exports,2022,KR,s,
exports,2023,KR,,lost
CSV
strict 'both.csv"'
run 'both.csv"'
cat set_aside.csv
# In a wide file it speaks of all cells of the line
cat >wide.csv <<'CSV'
country,2021,2022,2023,missing
KR,644.4,683.6,632.2,
JP,,,,not yet
CSV
run 'wide.csv" as exports wide'
sed 's/,,,,/,1,,,/' wide.csv >bad_wide.csv
strict 'bad_wide.csv" as exports wide'
# Many reasons
{
    echo metric,period,country,value,missing
    for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        echo "exports,$((2000 + n)),KR,,reason $n"
    done
    echo exports,2023,KR,632.2,
} >many.csv
run 'many.csv"'
# It is no constant, and has no codes
strict 'named.csv" as exports (period = period, country = country, value = obs, missing = "lost")'
strict 'named.csv" as exports (period = period, country = country, value = obs, missing = wy)'
strict 'named.csv" as exports (period = period, country = country, value = obs, missing = why {lost: KR})'
# A mapping is guessed with it
sed 's/^metric,/indicator,/' tidy.csv >guessed.csv
assay import guessed.csv
