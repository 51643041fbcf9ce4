# Compares two CSV documents: awk -f numbers.awk EXPECTED FOUND. Numbers agree
# when they do so to nine digits, all else when it is the same. Quotes are left
# aside, and so are the blocks of FOUND that are headed by `text`: what a script
# prints. Says where they differ.

function read(path, into, keeps,    line, count, block, first) {
    first = 1
    while ((getline line <path) > 0) {
        if (first && line == "text") block = 1
        first = line == ""
        if (!block) into[++count] = line
        if (first) block = 0
    }
    while (count && into[count] == "") count--
    return count
}

function number(text) {
    return text ~ /^-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?$/
}

function size(x) {
    return x < 0 ? -x : x
}

function agree(a, b,    largest) {
    if (a == b "" || !number(a) || !number(b)) return a == b ""
    largest = size(a) > size(b) ? size(a) : size(b)
    return size(a - b) <= 1e-9 * largest + 1e-12
}

function lines_agree(a, b,    i, count, left, right) {
    gsub(/"/, "", a)
    gsub(/"/, "", b)
    count = split(a, left, ",")
    if (count != split(b, right, ",")) return 0
    for (i = 1; i <= count; i++) {
        if (!agree(left[i] "", right[i] "")) return 0
    }
    return 1
}

BEGIN {
    wanted = read(ARGV[1], expected)
    count = read(ARGV[2], found)
    for (i = 1; i <= wanted || i <= count; i++) {
        if (!lines_agree(expected[i], found[i])) {
            print "line " i ": expected " expected[i] ", found " found[i]
            shown++
        }
        if (shown == 20) break
    }
    if (wanted < 2) print "nothing was expected"
}
