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
echo '= what an aggregate inside a rule reads counts too, and the rule is named'
cat >>many.assay <<'TEXT'
metric all yearly in USD
target all: 1999 = 1, 1998 = 2
TEXT
rule 'policy p' 'rule light for every target all require target > 1' \
    'rule heavy for every target all require target > sum(actual sales over c)' \
    'rule empty for every forecast all require forecast > 1'
brief --max-memory 1 rule.assay many.assay
brief --max-memory 10 rule.assay many.assay
echo '= so does what has to be kept of an expression'
rule 'policy p' 'rule summed for every target all require sum(growth(actual sales), partial) > 0 or target > 1' \
    'rule ranked for every target all require sum(rank(actual sales over c), partial) > 0 or target > 1'
brief --max-memory 7 rule.assay many.assay
brief --max-memory 20 rule.assay many.assay
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
