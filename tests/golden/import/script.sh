# What was imported can be asked for, built on and stated beside in the same
# script; in memory and in a file, at once and later.
printf 'year,usd\n2021,644.4\n2022,683.6\n' >exports.csv
printf 'year,pop\n2021,51.77\n2022,51.67\n' >people.csv
cat >all.assay <<'END'
metric exports flow yearly in B USD
metric population stock yearly in M person
import "exports.csv" as exports (period = year, value = usd, on = 2023-01-01)
exports
forecast 2023 exports = down 4.5% from 2022 by moef on 2023-06-01
target 2023 exports = 103% * actual 2022 exports by motie on 2023-06-02
import "people.csv" as population (period = year, value = pop)
show exports, exports / population, growth(exports) for 2021..2022
compare 2023 exports with forecast, target
2023 exports = 632.2B on 2024-01-01
compare 2023 exports with forecast, target
check 2023 exports >= target
END
sed -n '/^import\|^metric\|^forecast\|^target\|^2023/p' all.assay >facts.assay
sed -n '/^show\|^compare\|^check/p' all.assay >questions.assay
assay run all.assay 2>&1; echo "[$?]"
assay run all.assay >out 2>/dev/null
echo "--- in a file, and in several runs"
assay run --facts base all.assay 2>/dev/null | cmp - out && echo same
assay run --facts two facts.assay 2>/dev/null
assay run --facts two questions.assay >late; cat late
assay run --facts base questions.assay 2>/dev/null | cmp - late
echo "--- a formula that came before what it needs"
printf 'year,usd\n2022,683.6\n2020,512.5\n' >exports.csv
assay --facts three -e 'metric exports flow yearly in B USD
target 2023 exports = 103% * actual 2022 exports on 2022-01-01
forecast 2021 exports = up 2% from 2020
target exports; forecast exports' \
    -e 'import "exports.csv" as exports (period = year, value = usd); target exports; forecast exports' 2>&1
assay --facts three -e 'target exports; forecast exports' \
    -e 'retract import 3 because "x"; target exports; forecast exports' \
    -e 'target exports; undo; target exports' 2>&1
assay --facts three -e 'target exports; forecast exports' 2>&1
