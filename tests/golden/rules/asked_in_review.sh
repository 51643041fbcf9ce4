# A review judges; what only asks is passed over, which is told. Checks that say
# the same are findings of their own.
exec 2>&1
cat >facts.assay <<'END'
metric exports "Exports of goods" flow yearly in B USD
2020 exports = 5
show exports
print "a"
why 2020 exports
plot exports
list metrics
check 2020 exports > 3
check 2020 exports > 9
check 2020 exports > 9
2020 exports
check 2020 exports > 9
check 2020 exports > 9 for 2020
END
assay check facts.assay
echo "[$?]"
assay check --quiet --format csv facts.assay | sed 's/.*,//'
assay check --write-baseline known facts.assay >/dev/null 2>&1
cat known
assay check --quiet --baseline known facts.assay | tail -2
# One, and none
printf 'metric x flow yearly; 2020 x = 5\nshow x\n' >one.assay
assay check one.assay
assay check --quiet one.assay
assay test one.assay
printf 'metric x flow yearly; 2020 x = 5\ncheck 2020 x > 4\n' >none.assay
assay check none.assay
# A document answers
printf '# Page\n\n```assay\nmetric x flow yearly; 2020 x = 5\nshow x\n```\n' >page.md
assay check page.md
