# An import of 100 000 records lands whole or not at all.
. ./strike.sh
awk 'BEGIN {
    print "period,c,value"
    for (y = 1001; y < 1201; y++)
        for (i = 0; i < 500; i++) print y ",m" i "," i "." y }' >big.csv
assay -q --facts before -e 'dimension c; metric x yearly by c' \
    -e 'actual 2001 x = 1'
work()
{
    exec assay -q --facts base \
        -e 'import "big.csv" as actual x (period = period, c = new c,
            value = value)'
}
cp before base
measure work
for i in $(seq 12); do
    rm -f base base-journal
    cp before base
    strike work
    assay --facts base --format csv -e 'list metrics' 2>&1 |
        sed 1d | cut -d , -f 6 >now
    sound base
    case $caught:$(cat now) in
    [01]:100001 | 1:1) ;;
    *) echo "$caught: $(cat now)" ;;
    esac
done
close "an import"
