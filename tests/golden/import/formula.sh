# A formula that comes in from a file is followed like one that was stated: at
# once, and when the base is opened again.
cat >facts.csv <<'X'
kind,period,metric,value
forecast,2023,exports,down 4.5% from 2022
actual,2022,exports,600
X
assay --facts new.db -e 'metric exports yearly
import "facts.csv"
show forecast exports'
assay --facts new.db -e 'show forecast exports'
