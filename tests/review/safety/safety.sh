# Rules come from anybody: what they may not do, and what stays as it was.
. ./try.sh
assay run -q --facts base.db figures.assay
rule 'policy p' 'rule low for every target exports require target < 500B'
sum() { cat base.db* | cksum; ls -A | grep -c '^base.db'; }
before=$(sum)
assay check -q --facts base.db rule.assay | tail -n 1
echo 'target 2023 exports[KR] = 1 on 2023-11-01; metric sales yearly in USD; actual 2020 sales = 1' >more.assay
assay check -q --facts base.db rule.assay more.assay | tail -n 1
[ "$(sum)" = "$before" ] || echo 'the base has changed'
mkdir locked && cp base.db locked/base.db && chmod 0444 locked/base.db && chmod 0555 locked
assay check -q --facts locked/base.db rule.assay more.assay | tail -n 1
ls -A locked; cmp base.db locked/base.db
chmod 0755 locked
brief --facts nowhere.db rule.assay
ls nowhere.db 2>/dev/null
echo secret >secret.assay
printf 'year,v\n2020,1\n' >secret.csv
ln -s secret.csv link.csv
for text in 'export "out.csv"' 'export "out.assay"' 'undo' 'include "secret.assay"' \
    'include "./secret.assay"' 'include "/etc/passwd"' 'include "no-such.assay"' \
    'import "secret.csv" as actual exports (period = year, value = v)' \
    'import "link.csv" as actual exports (period = year, value = v)' \
    'import "/dev/zero" as actual exports (period = year, value = v)' \
    'set strict off; actual 2020 exprots = 1' 'quit' 'retract target 2023 exports[KR] because "x"' 'show 1' \
    'plot exports' 'print "{exports}"' 'export last to "out.csv"'; do
    printf '%s\n' "$text" >bad.assay
    brief --facts base.db bad.assay rule.assay
done
ls out.* 2>/dev/null
[ "$(sum)" = "$before" ] || echo 'the base has changed'
echo '= what is named may be read'
echo 'include "rule.assay"' >outer.assay
brief -q --facts base.db outer.assay rule.assay
printf 'include "std:countries"\n' >outer.assay
brief -q outer.assay
