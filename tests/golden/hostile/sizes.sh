# Many names, members, columns and cells.
try()
{
    echo "--- $1"
    assay run input >out 2>&1
    echo "[$?] $(wc -l <out) lines"
    tail -n 4 out | cut -c 1-76
}
awk 'BEGIN {
    for (i = 0; i < 20; i++) print "dimension d" i "; member m" i " of d" i
    printf "metric x flow yearly by d0"
    for (i = 1; i < 20; i++) printf ", d%d", i
    print "" }' >input
try "twenty dimensions"
awk 'BEGIN {
    for (i = 0; i < 5000; i++) {
        print "metric m" i " flow yearly in USD; 2020 m" i " = " i
        list = list ", m" i
    }
    print "show m0" list " for 2020..2020" }' >input
try "five thousand metrics"
awk 'BEGIN {
    print "dimension c; metric x flow yearly by c"
    for (i = 0; i < 30000; i++)
        print "member m" i " of c; 2020 x[m" i "] = " i
    print "sum(x over c); show x by c sort by x desc top 2"
    print "2020 x[m3x] = 1" }' >input
try "thirty thousand members"
awk 'BEGIN {
    for (d = 0; d < 5; d++) {
        print "dimension d" d "; metric x" d " flow yearly by d" d
        for (i = 0; i < 100; i++)
            print "member m" d "_" i " of d" d "; 2020 x" d "[m" d "_" i "] = 1"
    }
    print "show x0 + x1 + x2 + x3 + x4 by d0, d1, d2, d3, d4" }' >input
try "ten thousand million rows"
awk 'BEGIN {
    print "metric x flow daily; 2020-01-01 x = 1"
    printf "show x"
    for (i = 1; i < 2000; i++) printf ", previous(x, %d)", i
    print " for 0001-01-01..9999-12-31" }' >input
try "ten thousand million cells"
grep -o 'more than .*' out
awk 'BEGIN { for (i = 0; i < 3000; i++) print "2020 metric_" i " = 1" }' >input
assay run input 2>&1 | wc -l
awk 'BEGIN { printf "actual x: 1000 = 1"
    for (i = 1001; i < 9000; i++) printf ", %d = %d", i, i
    print "; sum(x)" }' >input
try "eight thousand cells in a list"
