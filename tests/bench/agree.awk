# Compares answers, OURS and then PEER'S, and prints the first line in which
# they differ:
#
#     awk -v row=ROW -f agree.awk OURS PEER
#
# Numbers may differ in the tenth digit. A line begins with the name of what it
# is about. What we print in csv has a heading instead, whose last column is
# named so: "count(exports)",exports.

BEGIN { FS = "," }

FNR == 1 {
    side = FILENAME == ARGV[1] ? 1 : 2
    metric = ""
}

side == 1 && (/\(/ || /^[a-z]+$/) {
    metric = $NF ","
    next
}

/^$/ { metric = ""; next }

{
    line = metric $0
    name = line
    sub(/,.*/, "", name)
    # A metric has a line, or one for each kind.
    seen[side, name]++
    answers[side, name, seen[side, name]] = line
    count[side]++
    if (side == 1)
        order[count[1]] = name SUBSEP seen[1, name]
}

function same(a, b,    gap, size) {
    if (a == b)
        return 1
    if (a !~ /^-?[0-9.]+(e[-+]?[0-9]+)?$/ || b !~ /^-?[0-9.]+(e[-+]?[0-9]+)?$/)
        return 0
    gap = a - b
    size = a < 0 ? -a : +a
    return (gap < 0 ? -gap : gap) <= 1e-9 * size
}

END {
    if (count[1] != count[2] || count[1] == 0) {
        printf "warning: %s: %d lines, the peer has %d\n", row, count[1] + 0,
            count[2] + 0
        exit
    }
    for (i = 1; i <= count[1]; i++) {
        ours = answers[1, order[i]]
        theirs = answers[2, order[i]]
        fields = split(ours, a)
        differ = split(theirs, b) != fields
        for (j = 1; j <= fields; j++)
            differ = differ || !same(a[j], b[j])
        if (differ) {
            printf "warning: %s: %s, the peer says %s\n", row, ours, theirs
            exit
        }
    }
}
