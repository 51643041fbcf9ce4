# The rows on questions, P5 to P9 and P11; read by tests/bench/run. What is
# asked lies in tests/bench/questions: STEM.assay, with METRIC in place of each
# of the ten, and STEM-PEER.sql.

metrics="exports imports output savings wages outlays receipts debts grants
    rents"

# prepare STEM: makes $here/STEM.assay and forgets answers.
prepare()
{
    rm -f "$here"/answers.*
    asked=tests/bench/questions/$1
    if grep -q METRIC "$asked.assay"; then
        for metric in $metrics; do
            sed "s/METRIC/$metric/g" "$asked.assay"
        done
    else
        cat "$asked.assay"
    fi >"$here/$1.assay"
}

# memory_line ROW: from the last turns, DuckDB being the last of them.
memory_line()
{
    awk -v row="P11 peak memory in $1; DuckDB" '
        NR == 1 { ours = $3 }
        { peer = $3 }
        END {
            if (ours != "-" && peer != "-")
                printf "%-40s %17s %17s %6.2f  %-8s\n", row,
                    sprintf("%.1f MiB", ours / 1024),
                    sprintf("%.1f MiB", peer / 1024), ours / peer, "<= 0.4"
        }' "$here/turns"
}

# ask_both ROW TITLE BARS STEM: of the panel, with sqlite3 and DuckDB.
ask_both()
{
    prepare "$4"
    turns "$1 $2; sqlite3|$1 the same; DuckDB" ms "$3" "$rounds" \
        -o "$here/answers" -- \
        "$ASSAY" run -q --read-only --format csv --facts "$here/panel.db" \
        "$here/$4.assay" -- \
        ${shell:+"$shell" -csv "$here/panel.sqlite" \
            "$(cat "$asked-sqlite.sql")"} -- \
        ${duck:+"$duck" "$here/panel.duckdb" "$(cat "$asked-duckdb.sql")"}
    memory_line "$1"
    answers_agree "$1"
}

# ask ROW TITLE BAR STEM BASE COMMAND...: with DuckDB alone; COMMAND is ours,
# without what it reads.
ask()
{
    row=$1 title="$1 $2; DuckDB" bar=$3 stem=$4 base=$here/$5
    shift 5
    prepare "$stem"
    turns "$title" ms "$bar" "$rounds" -o "$here/answers" -- \
        "$ASSAY" "$@" --format csv --facts "$base.db" "$here/$stem.assay" -- \
        ${duck:+"$duck" "$base.duckdb" "$(cat "$asked-duckdb.sql")"}
    memory_line "$row"
    if [ "$1" = check ]; then findings; fi
    answers_agree "$row"
}

# findings: brings both sides' findings into one order; of ours only the rule
# and the subject, which are in the columns 2 and 3.
findings()
{
    if [ -f "$here/answers.2" ]; then
        sed 1d "$here/answers.1" | cut -d , -f 2,3 | LC_ALL=C sort \
            >"$here/findings.1"
        LC_ALL=C sort "$here/answers.2" >"$here/findings.2"
        mv "$here/findings.1" "$here/answers.1"
        mv "$here/findings.2" "$here/answers.2"
    fi
}

measure_questions()
{
    if wants P5; then
        ask_both P5 "growth on the year" "<= 0.1|<= 0.4" growth
    fi
    if wants P6; then
        bars="<= 0.25|<= 0.4"
        [ "$BENCH_SIZE" != L ] || bars="<= 0.25|<= 0.6"
        ask_both P6 "target, forecast, actual" "$bars" gaps
    fi
    if wants P7; then
        ask P7 "shares and ranks in groups" "<= 0.5" groups panel \
            run -q --read-only
        make_finer_bases
        ask P7 "years from months" "<= 0.5" years finer run -q --read-only
        ask P7 "days, of which most lack" "<= 0.5" days finer run -q --read-only
    fi
    if wants P8; then
        ask P8 "a page of 20 functions" "<= 1.0" page panel run -q --read-only
    fi
    if wants P9; then
        ask P9 "100 rules on values" "<= 0.8" values panel check -q
        ask P9 "100 rules on growth" "<= 0.6" jumps panel check -q
    fi
}
