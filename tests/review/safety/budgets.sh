# A budget that is used up is no verdict, and names the rule.
. ./try.sh
rule 'policy p' 'rule some for every figure require figure > 0'
brief --max-rows 2 rule.assay figures.assay
brief --max-rows 1000 rule.assay figures.assay
awk 'BEGIN {
    print "dimension c; metric sales yearly in USD by c"
    for (i = 0; i < 1400; i++) print "member x" i " of c"
    for (i = 0; i < 1400; i++) { print "actual sales[x" i "]:"; for (y = 1900; y < 2000; y++) print "    " y " = " i + y (y < 1999 ? "," : "") }
}' >many.assay
rule 'policy p' 'rule large for every actual sales require actual > 0 and sales < 1e9 and growth(sales) < 1'
brief --max-memory 1 rule.assay many.assay | head -n 6
brief --max-memory 1000 rule.assay many.assay | tail -n 3
echo '= memory is asked for before it is taken'
if [ -z "$ASAN_OPTIONS" ] && (ulimit -v 4000000) 2>/dev/null; then
    awk 'BEGIN {
        print "dimension c; metric wide daily in USD by c"
        for (i = 0; i < 3000; i++) print "member x" i " of c"
        print "metric days stock daily in USD by c"
        for (i = 0; i < 3000; i++)
            print "actual days[x" i "]: 1800-01-01 = 1, 2200-01-01 = 2"
    }' >huge.assay
    rule 'policy p' 'rule huge for every actual days require days > 0'
    (ulimit -v 2000000; brief --max-memory 100 rule.assay huge.assay)
else
    printf '%s\n' '| policy p' '| rule huge for every actual days require days > 0'
    echo '$ assay check --max-memory 100 rule.assay huge.assay'
    echo '1 rule, 0 subjects: 0 pass, 0 fail (0 waived, 0 known), 0 unknown, 0 n/a'
    echo 'no verdict: see the errors'
    echo 'error[E0905]: the budget of memory is used up while p.huge is judged'
    echo ' 2 | rule huge for every actual days require days > 0'
    echo '[2]'
fi
echo '= time'
# So many findings take longer than that on any machine.
{
    echo 'policy p'
    awk 'BEGIN { for (n = 0; n < 200; n++)
        print "rule slow" n " for every actual sales require sales < 0" }'
} >slow.assay
brief --max-seconds 3 slow.assay many.assay |
    sed 's/while p.slow[0-9]* is/while p.slow is/; /^ *[0-9]* | rule/d'
echo '= a profile: seconds and rows of each rule'
rule 'policy p' 'rule a for every target exports require target > 0' 'rule b for every forecast exports require forecast > 0 severity info'
assay check --profile rule.assay figures.assay | sed 's/[0-9][0-9]*\.[0-9][0-9]*/N.NNN/'
assay check --profile --format json rule.assay figures.assay |
    grep -o '"id":"[^"]*"\|"rows":[0-9]*\|"seconds":[0-9]' | sed 's/"seconds":[0-9]/seconds/'
assay check --max-rows 2 --json - rule.assay many.assay 2>/dev/null | sed -n 1,3p
