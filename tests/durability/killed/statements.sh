# One statement after the other, each in a process that may be killed: what was
# acknowledged is there for ever, and of the rest at most the one in work.
. ./strike.sh
state()
{
    exec assay -q --facts base -e "actual $((1000 + $1)) x = $1" \
        -e "print \"$1\"" >>said
}
assay -q --facts base -e 'metric x yearly'
: >said
measure state 0
cp said there
for i in $(seq 60); do
    strike state "$i"
    assay -q --facts base --format csv -e 'show x' 2>&1 | sed 1d |
        cut -d , -f 2 >now
    sound base
    # Expected: what was there, and what was acknowledged; perhaps the last one.
    sort -n -u there said >expected
    if ! cmp -s now expected; then
        echo "$i" >>expected
        cmp now expected || echo "after $i, killed after $after us"
    fi
    cp now there
done
close "statements"
