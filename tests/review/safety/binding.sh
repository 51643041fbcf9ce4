# The budget of time is asked for while one rule is bound, to many figures.
. ./try.sh
awk 'BEGIN {
    for (i = 0; i < 40; i++) print "metric x" i " yearly; actual 2020 x" i " = 1"
    print "define f1(x) = sum(x) + max(x + 1)"
    for (i = 2; i < 16; i++)
        print "define f" i "(x) = sum(f" i - 1 "(x)) + max(f" i - 1 "(x) + 1)"
}' >deep.assay
rule 'policy p' 'rule slow for every figure require f15(figure) < 1'
timeout 20 assay check --max-seconds 1 rule.assay deep.assay 2>&1 | grep '^error'
