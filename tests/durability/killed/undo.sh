# To take back 50 000 facts is one step, and so is to withdraw their import.
. ./strike.sh
awk 'BEGIN {
    print "period,c,value"
    for (y = 1001; y < 1101; y++)
        for (i = 0; i < 500; i++) print y ",m" i "," i "." y }' >big.csv
assay -q --facts before -e 'dimension c; metric x yearly by c' \
    -e 'actual 2001 x = 1' \
    -e 'import "big.csv" as actual x (period = period, c = new c,
        value = value)'
number=$(assay --facts before --format csv -e 'list imports' |
    sed -n 's/,big.csv.*//p')
work() { exec assay -q --facts base -e "$1"; }
for text in undo "retract import $number because \"r\""; do
    killed=0 ended=0
    cp before base
    measure work "$text"
    for i in $(seq 10); do
        rm -f base base-journal
        cp before base
        strike work "$text"
        facts=$(assay --facts base --format csv -e 'list metrics' 2>&1 |
            sed 1d | cut -d , -f 6)
        sound base
        case $caught:$facts in
        [01]:1 | 1:50001) ;;
        *) echo "$caught: $facts" ;;
        esac
    done
    close "${text%% [0-9]*}"
done
