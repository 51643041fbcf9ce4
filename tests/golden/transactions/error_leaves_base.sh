# A script is one transaction: an error anywhere leaves the base as it was.
cat >one.assay <<"X"
metric exports in USD
actual 2020 exports = 1
X
cat >bad.assay <<"X"
metric imports in USD
actual 2021 exports = 2
actual 2020 exports = 9
print "said before the mistake"
actual 2021 exports = 5 kg
X
echo "actual 2021 exports = 4; metric orders in USD" >good.assay
echo "metric third" >good2.assay
say() { echo "[$1]"; }
assay run --facts base.db one.assay; say $?
cp base.db before.db
assay run --facts base.db bad.assay 2>&1; say $?
cmp base.db before.db && echo "the base is as it was"
assay --facts base.db -e 'list metrics; exports' 2>&1; say $?
# The first script lands, the second does not, the third is not run.
assay run --facts base.db good.assay bad.assay good2.assay 2>&1; say $?
assay --facts base.db -e 'list metrics; exports' 2>&1; say $?
# A false check is no error: its facts land.
assay -q --facts base.db -e 'actual 2022 exports = 3; check 2022 exports > 5'; say $?
assay --facts base.db -e '2022 exports'; say $?
