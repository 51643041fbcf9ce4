# A failed import leaves nothing: no facts, no members, no metrics, no batch; so
# does a statement that fails behind it.
cat >good.assay <<'END'
dimension country
metric exports flow yearly in USD by country
2019 exports[country = total] = 1B
END
printf 'year,land,metric,usd,who,src\n2022,KR,exports,683.6B,motie,bizwire\n2023,JP,other,2o,mof,\n' >bad.csv
printf 'year,land,metric,usd,who,src\n2022,KR,exports,683.6B,motie,bizwire\n2023,JP,other,20,mof,\n' >good.csv
cat >import.assay <<'END'
import "bad.csv" (period = year, country = new land, metric = new metric,
    value = usd, actor = new who, source = new src)
END
lists='list metrics; list members of country; list actors; list sources; list imports; describe exports'
assay run --facts base good.assay
assay --facts base -e "$lists" >before
echo "--- a bad cell"
assay run --facts base import.assay 2>&1; echo "[$?]"
assay --facts base -e "$lists" | cmp - before
echo "--- a statement behind it"
{ sed 's/bad.csv/good.csv/' import.assay; echo 'show nothing'; } >behind.assay
assay run --facts base behind.assay 2>&1; echo "[$?]"
assay --facts base -e "$lists" | cmp - before
echo "--- a check that is false lets it land"
{ sed 's/bad.csv/good.csv/' import.assay; echo 'check 2022 exports[KR] > 1T'; } >check.assay
assay run --facts base check.assay 2>&1; echo "[$?]"
assay --facts base -e "$lists"
echo "--- in memory, from one text to the next"
assay -e "$(cat good.assay)" -e "$(cat import.assay)" -e "$lists" 2>/dev/null
echo "[$?]"
printf '%s\n' 'include "good.assay"' 'include "import.assay"' "$lists" |
    assay 2>&1
echo "--- a base that may not be written"
assay run --facts base --read-only behind.assay 2>&1; echo "[$?]"
