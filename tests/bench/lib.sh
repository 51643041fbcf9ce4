# What tests/bench/run is made of; it sets bench, here, rows, rounds, shell.

# The release whose times stand in docs/measurements.md.
duckdb_package=@duckdb/node-api@1.5.6-r.1

# wants ROW: whether it is to be measured.
wants()
{
    case " ${BENCH_ROWS:-$1} " in *" $1 "*) ;; *) return 1 ;; esac
}

# runner NAME [LIBRARY...]: builds it when it is not there or old.
runner()
{
    name=$1
    shift
    for from in tests/bench/$name.c tests/bench/*.h "$BUILD/cflags" \
        "$BUILD/libassay.a"; do
        if [ ! "$bench/$name" -nt "$from" ]; then
            $CC @"$BUILD/cflags" -o "$bench/$name" "tests/bench/$name.c" "$@" ||
                exit 2
            return
        fi
    done
}

# data KIND...: files that generate makes.
data()
{
    for kind; do
        if [ ! "$here/$kind" -nt "$bench/generate" ]; then
            "$bench/generate" "$kind" $rows >"$here/$kind" || exit 2
        fi
    done
}

# find_duckdb: sets duck to the runner and duckdb_version, or says why not. npm
# carries the library for its own interpreter, which takes no part in this.
find_duckdb()
{
    runner duck -ldl
    library_of_npm
    if [ -z "${DUCKDB_LIBRARY:-}" ] && command -v npm >/dev/null; then
        npm install --prefix "$bench" --no-save --no-package-lock \
            --ignore-scripts --no-audit --no-fund --fetch-retries=0 \
            --fetch-timeout=60000 "$duckdb_package" >"$bench/npm.log" 2>&1 \
            </dev/null
        library_of_npm
    fi
    if [ -z "${DUCKDB_LIBRARY:-}" ]; then
        echo "skipped DuckDB: npm did not install $duckdb_package, and" \
            "DUCKDB_LIBRARY names no library"
        return
    fi
    export DUCKDB_LIBRARY
    if duckdb_version=$("$bench/duck" :memory: 'SELECT version()'); then
        duck=$bench/duck
    else
        echo "skipped DuckDB: $DUCKDB_LIBRARY does not work"
    fi
}

library_of_npm()
{
    for found in "$bench"/node_modules/@duckdb/node-bindings-*/libduckdb.so; do
        if [ -z "${DUCKDB_LIBRARY:-}" ] && [ -f "$found" ]; then
            DUCKDB_LIBRARY=$found
        fi
    done
}

# line ROW OURS PEER RATIO BAR MEMORY
line() { printf '%-40s %17s %17s %6s  %-8s %s\n' "$@"; }

# turns ROWS UNIT BARS ARGUMENT-OF-TURNS...: a line of the table for each peer.
# ROWS and BARS name them in turn, with | between. Leaves what turns said in
# $here/turns.
turns()
{
    names=$1 by=$2 bars=$3
    shift 3
    "$bench/turns" "$@" >"$here/turns" || exit 2
    awk -v names="$names" -v unit="$by" -v bars="$bars" '
        function time(median, least,    by, digits) {
            if (median == "-")
                return "not installed"
            if (median == "failed")
                return median
            by = unit == "ms" ? 1000 : 1
            digits = median * by < 100 ? "%.2f" : "%.0f"
            return sprintf(digits " (" digits ") %s", median * by, least * by,
                unit)
        }
        function memory(kib) {
            return kib == "-" ? "-" : sprintf("%.0f", kib / 1024)
        }
        BEGIN {
            split(names, name, "|")
            split(bars, bar, "|")
        }
        NR == 1 {
            ours = time($1, $2)
            peak = memory($3)
            next
        }
        {
            printf "%-40s %17s %17s %6s  %-8s %s / %s MiB\n", name[NR - 1],
                ours, time($1, $2), $4 == "-" ? "-" : sprintf("%.2f", $4),
                bar[NR - 1], peak, memory($3)
        }' "$here/turns"
}

# peak N: what command N of the last turns took at most.
peak()
{
    awk -v at="$1" 'NR == at {
        print $3 == "-" ? $1 : sprintf("%.0f MiB", $3 / 1024)
    }' "$here/turns"
}

# answers_agree ROW: of what turns left in $here/answers.
answers_agree()
{
    for peer in 2 3; do
        if [ -s "$here/answers.1" ] && [ -s "$here/answers.$peer" ]; then
            awk -v row="$1" -f tests/bench/agree.awk "$here/answers.1" \
                "$here/answers.$peer"
        fi
    done
}

# is_old FILE FROM...: whether it must be made anew.
is_old()
{
    made=$1
    shift
    for from; do
        [ "$made" -nt "$from" ] || return 0
    done
    return 1
}
