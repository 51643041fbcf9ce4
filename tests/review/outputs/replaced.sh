# What is read is not written over, and no report over another.
. ./try.sh
rule 'rule any for every target exports require target > 0' >said
assay run -q --facts base.db figures.assay
assay -q --facts other.db -e 'metric x yearly in USD'
printf 'kind,period,metric,country,value\ntarget,2024,exports,KR,720\n' >more.csv
mkdir tree; cp rule.assay tree/; ln -s rule.assay link; : >known.txt
cksum *.assay *.db *.csv known.txt >before
echo '= inputs'
try --sarif rule.assay rule.assay figures.assay
try --html ./tree/../link rule.assay figures.assay
try --json tree/rule.assay tree figures.assay
try --csv more.csv rule.assay figures.assay more.csv
try --write-baseline rule.assay rule.assay figures.assay
echo '= bases and baselines'
try --facts base.db --json ./base.db rule.assay
try --facts base.db --json base.db-wal rule.assay
try --facts base.db --against other.db --json other.db rule.assay
try --tap other.db rule.assay figures.assay
try --baseline known.txt --markdown known.txt rule.assay figures.assay
echo '= two in one'
try --json x.out --sarif ./x.out rule.assay figures.assay
try --json x.out --write-baseline tree/../x.out rule.assay figures.assay
try --json - --sarif - rule.assay figures.assay
try --json - --github rule.assay figures.assay
try --json - --format text rule.assay figures.assay
GITHUB_STEP_SUMMARY=x.out try --markdown x.out --github rule.assay figures.assay
test -e x.out || echo none
assay check --json y.out rule.assay figures.assay 2>&1 >y.out; echo "[$?]"
echo '= nothing is judged'
try --json - --sarif - nowhere.assay
echo '= nor lost'
cksum *.assay *.db *.csv known.txt | cmp - before
echo '= what was a report may be one again, and a device takes all'
try -q --json x.json --tap /dev/null --csv /dev/null rule.assay figures.assay
try -q --json x.json rule.assay figures.assay
try -q --baseline known.txt --write-baseline known.txt rule.assay figures.assay
echo '= tests'
printf '%s\n' 'policy p' 'metric a yearly in USD' 'rule r for actual a require a > 0' \
    'test "t"' '    given 2023 a = 1' '    expect no other' >test.assay
assay test --junit test.assay test.assay 2>&1; echo "[$?]"
assay test --junit x --tap x test.assay 2>&1; echo "[$?]"
assay test --junit - --tap - test.assay 2>&1; echo "[$?]"
