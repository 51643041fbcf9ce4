# A budget that is used up is no verdict, and names the rule.
. ./try.sh
rule 'policy p' 'rule some for every figure require figure > 0'
brief --max-rows 2 rule.assay figures.assay
brief --max-rows 1000 rule.assay figures.assay
awk 'BEGIN {
    print "dimension c; metric sales yearly in USD by c"
    for (i = 0; i < 400; i++) print "member x" i " of c"
    for (i = 0; i < 400; i++) { print "actual sales[x" i "]:"; for (y = 1900; y < 2000; y++) print "    " y " = " i + y (y < 1999 ? "," : "") }
}' >many.assay
rule 'policy p' 'rule large for every actual sales require actual > 0 and sales < 1e9 and growth(sales) < 1'
brief --max-memory 1 rule.assay many.assay
brief --max-memory 1000 rule.assay many.assay | tail -n 3
assay check --max-rows 2 --json - rule.assay many.assay 2>/dev/null | sed -n 1,3p
