# Whoever opens the file with sqlite3 reads each fact once, in words: a fact
# whose retraction was taken back is a stated one again.
figures()
{
    echo "--- $*"
    sqlite3 -header base "SELECT kind, period, metric, members, coefficient AS c,
        exponent AS e, unit, stated, actor, state, retracted FROM figures"
}
run() { assay -q --facts base "$@"; figures "$@"; }
run -e 'dimension country; member KR of country
metric exports yearly in B USD by country
actual 2001 exports[KR] = 1.5 on 2002-01-01 by me
forecast 2002 exports = up 3% from 2001'
run -e 'retract actual 2001 exports[KR] on 2003-01-01 because "r"'
run -e undo
run -e 'retract actual 2001 exports[KR] on 2004-01-01 because "s"'
run -e undo
run -e undo
