# A script of thousands of statements lands whole or not at all.
. ./strike.sh
awk 'BEGIN {
    print "dimension c; metric x flow yearly by c"
    for (i = 0; i < 100; i++) print "member m" i " of c"
    for (y = 1901; y < 2001; y++)
        for (i = 0; i < 100; i++)
            print "actual " y " x[m" i "] = " i "." y " note \"n\"" }' >big.assay
assay -q --facts before -e '2020 y = 1'
work() { exec assay -q run big.assay --facts base; }
cp before base
measure work
for i in $(seq 14); do
    rm -f base base-journal
    cp before base
    strike work
    assay --facts base --format csv -e 'list metrics' 2>&1 |
        cut -d , -f 1,6 | tr '\n' ' ' >now
    sound base
    case $caught:$(cat now) in
    [01]:'name,facts x,10000 y,1 ' | 1:'name,facts y,1 ') ;;
    *) echo "$caught: $(cat now)" ;;
    esac
done
close "a script"
