# The bounds of a sum are compensated as the sum is: of exact figures they are
# the sum itself.
awk 'BEGIN {
    print "metric x flow daily"
    for (d = 0; d < 99999; d++) {
        m = d % 12; y = int(d / 336); k = int(d % 336 / 12)
        if (d % 9000 == 0) print "target x:"
        last = d % 9000 == 8999 || d == 99998
        printf "    %04d-%02d-%02d = 0.1%s\n", 1700 + y, m + 1, k + 1, last ? "" : ","
    }
}' >many.assay
echo 'show count(target x), certainly sum(target x, partial) = exact(9999.9), low(sum(target x, partial)) = high(sum(target x, partial)), low(sum(target x, partial)) - sum(target x, partial)' >>many.assay
assay run -q many.assay
