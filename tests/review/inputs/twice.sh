# A file that is named twice is read once, whatever it is called.
. ./try.sh
echo 'rule low for every target exports require target < 500B' >rule.assay
printf '%s\n' '# Page' '' '```assay' 'metric sales yearly in USD; actual 2023 sales = 5; sales' \
    '```' '' '```output' 'wrong' '```' >page.md
mkdir -p tree; cp rule.assay tree/rule.assay
ln -s ../page.md tree/link.md
try --accept page.md ./page.md tree/link.md
cat page.md
brief rule.assay ./rule.assay tree/../rule.assay figures.assay
brief tree/ tree "$PWD/tree" figures.assay | sed "s,$PWD,HERE,"
printf 'kind,period,metric,country,value\ntarget,2024,exports,KR,720\n' >more.csv
assay check -q --format json rule.assay more.csv ./more.csv figures.assay | grep -c '"720B USD"'
assay rules ./rule.assay rule.assay 2>&1 | grep -c low
printf '%s\n' 'policy p' 'metric a yearly in USD' 'rule r for actual a require a > 0' \
    'test "t"' '    given 2023 a = 1' '    expect no other' >test.assay
assay test test.assay ./test.assay
