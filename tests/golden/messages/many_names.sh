# Of thousands of names that are declared on the spot, the first are compared
# with those that are known; with more it would take a minute.
awk 'BEGIN {
    print "metric exports flow yearly"
    print "2020 exprots = 1"
    for (i = 0; i < 20000; i++) {
        printf "2020 measure_%c%c%d = %d\n", 97 + i % 26, 97 + int(i / 26) % 26, i, i
    }
    print "2020 exporst = 1"
}' >names.assay
assay run names.assay 2>err
echo "[$?]"
grep -c 'new metric' err
grep -c 'did you mean' err | awk '{ print ($1 > 100 && $1 < 10000) ? "some" : $1 }'
grep -A4 'exprots' err | head -5
grep -A4 'exporst' err
