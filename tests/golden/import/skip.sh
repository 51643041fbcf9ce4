# Codes may leave rows out, and stand for all others.
cat >facts.csv <<'END'
indicator,status,year,value
TX.1,A,2020,5
TX.1,F,2021,6
TX.1,,2022,7
TM.1,A,2020,8
else,A,later,none
CPI,A,2020-13,x
END
ask()
{
    echo "$1"
    assay -e "metric exports yearly; metric imports yearly
import \"facts.csv\" (metric = $1, period = year, value = value, kind = ${2:-actual})
list metrics; show exports, imports, forecast exports, estimate exports" 2>&1
    echo "[$?]"
}
ask 'indicator {"TX.1": exports, "TM.1": imports, else: skip}'
ask 'indicator {"TX.1": exports, else: skip}' 'status {A: actual, "": skip, else: forecast}'
ask 'indicator {"TX.1": exports, CPI: skip, `else`: skip, TM.1: skip}'
ask 'new indicator {"TX.1": exports, CPI: skip, `else`: skip}'
ask 'indicator {else: imports, "TX.1": exports, CPI: skip, `else`: skip}' \
    'status {A: actual, else: estimate}'
ask 'indicator {else: skip, "TX.1": exports, else: imports}'
