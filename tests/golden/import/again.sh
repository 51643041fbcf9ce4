# A file that was imported in the same way is not imported again.
cat >exports.assay <<'END'
metric exports flow yearly in USD
import "exports.csv" as exports (period = year, value = usd)
END
run()
{
    echo "--- $1"
    assay run --facts base exports.assay 2>&1
    echo "[$?]"
}
printf 'year,usd,eur\n2022,683.6B,650B\n2023,632.2B,585B\n' >exports.csv
run "the first time"
run "the same"
cp exports.csv other.csv
sed 's/exports.csv/other.csv/' exports.assay >other.assay
assay run --facts base other.assay 2>&1; echo "[$?]"
echo "--- the same statement, written otherwise"
assay --facts base -e 'import  "exports.csv"  as  exports
    ( period=year ,
      value = `usd` )  # as before' 2>&1
run "after the metric was declared again"
printf 'year,usd,eur\n2022,683.6B,650B\n2023,632.3B,585B\n' >exports.csv
run "a file that has changed"
echo "--- another mapping"
assay --facts base -e 'import "exports.csv" as exports (period = year, value = eur)' 2>&1
echo "--- in one script, and in memory"
printf 'import "exports.csv" as target exports (period = year, value = usd)\n%.0s' 1 2 >>exports.assay
assay run exports.assay 2>&1; echo "[$?]"
run "in a file"
assay --facts base -e 'list imports; history 2023 exports' 2>&1

echo "--- withdrawn, and imported again"
assay --facts base -e 'retract import 8 because "a test"' 2>&1; echo "[$?]"
assay --facts base -e 'list imports' >list
sed 's/  *$//' list
number=$(awk '/exports.csv/ { print $1; exit }' list)
assay --facts base -e "retract import $number because \"the wrong file\"" 2>&1
printf 'year,usd,eur\n2022,683.6B,650B\n2023,632.2B,585B\n' >exports.csv
run "once more"
assay --facts base -e 'undo' 2>&1
assay --facts base -e 'list imports; history 2023 exports' 2>&1
run "after it was undone"

echo "--- names that were new are known the next time"
printf 'year,land,usd\n2022,KR,1\n2023,JP,2\n' >land.csv
assay --facts land -e 'dimension country; metric x yearly by country
import "land.csv" as x (period = year, country = new land, value = usd)' 2>&1
assay --facts land -e 'import "land.csv" as x
    (period = year, country = land, value = usd)' 2>&1

echo "--- the same words, with another parameter or in another context"
printf 'year,v\n2020,1\n' >one.csv
assay --facts more -e 'dimension c; member KR of c; member JP of c; metric y yearly by c; actor a; actor b'
for i in KR JP KR; do
    assay --facts more --set who="\"$i\"" -e 'param who
import "one.csv" as y (period = year, value = v, c = $who)' 2>&1 | head -n 1
    assay --facts more -e "using c $i
import \"one.csv\" as target y (period = year, value = v)" 2>&1 | head -n 1
    assay --facts more -e "using c $i
import \"one.csv\" as pledge y[JP] (period = year, value = v)" 2>&1 | head -n 1
done
assay --facts more --format csv -e 'history y[c = *]; history target y[c = *]; history pledge y[c = *]'
