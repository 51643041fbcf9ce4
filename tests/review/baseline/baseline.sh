# What is known already: written, read, gone; and what another base has too.
. ./try.sh
rule 'policy p' 'rule low for every target exports require target < 500B'
brief --write-baseline known.txt rule.assay figures.assay
cat known.txt
brief --baseline known.txt rule.assay figures.assay
echo '= neither the message nor the line is part of what is known'
{ echo; echo 'policy p "Title"'
  echo 'rule low "Low" for every target exports require target < 500B otherwise "{target}"'
} >moved.assay
brief --baseline known.txt moved.assay figures.assay
echo '= one is mended'
sed 's/= 685 by/= 485 by/' figures.assay >mended.assay
brief --baseline known.txt rule.assay mended.assay
brief --strict-baseline --baseline known.txt rule.assay mended.assay
echo '= one is new'
sed 's/^target 2023 exports.DE. = 400/target 2023 exports[DE] = 600/' figures.assay >worse.assay
brief --baseline known.txt rule.assay worse.assay
brief --baseline known.txt --write-baseline more.txt rule.assay worse.assay
diff known.txt more.txt
: >empty.txt
brief -q --baseline empty.txt rule.assay figures.assay
brief -q --baseline nowhere.txt rule.assay figures.assay
printf 'deadbeef p.low target\n' >broken.txt
brief --baseline broken.txt rule.assay figures.assay
echo '= against a base'
assay run -q --facts before.db figures.assay
{ grep -v '^target\|^forecast\|^actual' figures.assay; } >names.assay
cp before.db after.db
assay -q --facts after.db -e 'target 2023 exports[DE] = 600 on 2023-11-01; target 2023 exports[KR] = 400 on 2023-11-01'
brief --facts after.db --against before.db rule.assay
brief --facts after.db --against before.db --strict-baseline rule.assay
brief --facts after.db --against before.db --baseline known.txt rule.assay
brief --facts after.db --against nowhere.db rule.assay
ls nowhere.db 2>/dev/null
