# A column `unit` beside the values, and marks for a value that is not there:
# those that everybody knows, and those that the mapping names.
exec 2>&1
cat >marks.csv <<'CSV'
kind,year,name,obs,unit
actual,2018,exports,5.1,B USD
actual,2019,exports,..,USD
actual,2020,exports,n/a,USD
actual,2021,exports,-,USD
actual,2022,exports,683600,M USD
actual,2023,exports,632.2,B USD
actual,2024,exports,x,USD
actual,2025,exports,9999,USD
actual,2026,exports,(s),USD
CSV
head='metric exports flow yearly in B USD'
run() {
    echo "--- $1"
    printf '%s\nimport "%s\nshow exports\n' "$head" "$1" >case.assay
    assay run case.assay
    echo "[$?]"
}
map='period = year, metric = name, kind = kind, unit = unit'
run "marks.csv\" ($map, value = obs {x: unknown, 9999: unknown, \"(s)\": skip})"
run "marks.csv\" ($map, value = obs)"
run "marks.csv\" ($map, value = obs {x: zero})"
run "marks.csv\" ($map, value = obs {else: unknown})"
run "marks.csv\" ($map, value = obs {}"
sed 's/name,/metric,/; s/year/period/; s/obs/value/; /x,USD/d; /9999/d; /(s)/d' marks.csv >tidy.csv
run 'tidy.csv"'
printf 'code,2022,2023\nUSD,1.26,x\nKRW,99,0.5\n' >wide.csv
run 'wide.csv" as exports wide (unit = code {KRW: skip}, value = value {x: unknown})'
run 'wide.csv" as exports wide (unit = code {KRW: USD, else: skip}, value = round(value, 0))'
run 'wide.csv" as exports wide (unit = code, value = `2022`)'
