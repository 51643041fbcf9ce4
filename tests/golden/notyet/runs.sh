# No other statement is refused as one that does not run yet.
printf 'year,usd\n2022,7\n' >more.csv
assay run --diagnostics short - 2>&1 <<'X'
unit widget; kind plan like target; dimension country; member KR of country
metric exports flow yearly in USD by country; actor motie; source bizwire
define double(x) = 2 * x; calendar us_fiscal starts 10-01 named by end; param p = 1
using country KR
actual 2020 exports = 5; actual exports: 2021 = 6
exports; 2020 exports; show exports; compare 2020 exports; check 2020 exports = 5
explain show exports; list metrics; describe exports; apropos zzz; print "x"; version
set strict on
history exports; retract 2021 exports because "a typo"; list imports
import "more.csv" as actual exports (period = year, value = usd)
X
echo "[$?]"
for topic in '' growth facts; do assay -e "help $topic" >out 2>err; echo "help $topic [$?]"; ! grep E0599 out err; done
