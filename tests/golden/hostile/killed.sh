# A script that is killed at any moment leaves all of itself or nothing.
awk 'BEGIN {
    print "dimension c; metric x flow yearly by c"
    for (i = 0; i < 200; i++) print "member m" i " of c"
    for (y = 1900; y < 2000; y++)
        for (i = 0; i < 200; i++)
            print "actual " y " x[m" i "] = " i "." y " note \"n\"" }' >big.assay
assay --facts before -e '2020 y = 1' 2>/dev/null
for delay in 0.01 0.02 0.03 0.05 0.08 0.1 0.12 0.15 0.2 0.3; do
    rm -f base base-journal
    cp before base
    assay run big.assay --facts base 2>/dev/null &
    sleep "$delay"
    kill -9 $! 2>/dev/null
    wait $! 2>/dev/null
    assay --facts base --format csv -e 'list metrics' 2>&1 | cut -d , -f 1,6 |
        tr '\n' ' '
    echo
done >found
sort -u found | grep -vx 'name,facts y,1 \|name,facts x,20000 y,1 '
echo "$(wc -l <found) times"
