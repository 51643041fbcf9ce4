# What every suite uses. A suite is a file tests/suites/NAME with two
# functions: NAME_list prints the names of its cases, one a line and without
# blanks; NAME_case NAME runs one, in a subshell with these variables:
#
#   ROOT    the repository (also the current folder at the start)
#   DIR     a folder of the case's own, with run/, home/ and tmp/
#   status  set by `program`
#
# and reports with the functions below. A case that reports nothing failed.

# pass NAME | skip NAME REASON | note TEXT | nothing (to be tested here)
pass() { echo "pass $1" >>"$DIR/result"; }
skip() { echo "skip $1: $2" >>"$DIR/result"; }
note() { echo "note $1" >>"$DIR/result"; }
nothing() { echo nothing >>"$DIR/result"; }

# fail NAME [FILE]: FILE says what went wrong.
fail()
{
    echo "fail $1" >>"$DIR/result"
    [ $# -lt 2 ] || head -n 100 "$2" | sed 's/^/    /' >>"$DIR/result"
}

# judge NAME DETAILS: passed if there are none.
judge()
{
    if [ -s "$2" ]; then fail "$1" "$2"; else pass "$1"; fi
}

# clean COMMAND...: runs it in an environment of its own, within the time.
# A finding of a sanitizer must not look like a status of the program's.
clean()
{
    set -- timeout -k 5 "$TEST_TIMEOUT" "$@"
    if [ -n "${SANITIZE:-}" ]; then
        set -- ASAN_OPTIONS=exitcode=99 LSAN_OPTIONS=exitcode=99 \
            UBSAN_OPTIONS=exitcode=99:print_stacktrace=1 "$@"
    fi
    env -i PATH="$WORK/bin:$PATH" HOME="$DIR/home" TMPDIR="$DIR/tmp" \
        FACTS=../facts.db "$@"
}

# program IN OUT ERR ARGUMENT...: runs assay in the current folder; sets
# status. The case's own folder is written @DIR@ in what comes out, so that it
# is the same everywhere.
program()
{
    in=$1 out=$2 err=$3
    shift 3
    status=0
    clean assay "$@" <"$in" >"$out" 2>"$err" || status=$?
    neutral "$out"
    neutral "$err"
}

neutral()
{
    if grep -qF "$DIR" "$1"; then
        sed "s,$DIR,@DIR@,g" "$1" >"$DIR/neutral"
        cat "$DIR/neutral" >"$1"
    fi
}

# same LABEL EXPECTED ACTUAL: prints how they differ; a file that does not
# exist is empty.
same()
{
    [ -f "$2" ] || set -- "$1" /dev/null "$3"
    cmp -s "$2" "$3" || diff -a -u -L "$1 expected" -L "$1" "$2" "$3"
}

# status_text STATUS: the number, and what it means when the program did not
# choose it.
status_text()
{
    case $1 in
    99) echo "$1 (a finding of a sanitizer or valgrind)" ;;
    124 | 137) echo "$1 (killed, or no end after $TEST_TIMEOUT s)" ;;
    129 | 13[0-9] | 14[0-9]) echo "$1 (signal $(($1 - 128)))" ;;
    *) echo "$1" ;;
    esac
}

# bless_file ACTUAL EXPECTED: an empty one is no file.
bless_file()
{
    [ -f "$2" ] && cmp -s "$1" "$2" && return
    if [ -s "$1" ]; then
        cat "$1" >"$2"
    elif [ -f "$2" ]; then
        rm "$2"
    else
        return 0
    fi
    note "rewrote ${2#"$ROOT"/}"
}

# compare_case FOLDER NAME: the case FOLDER/NAME.assay (or NAME.sh, a script
# of several commands) against NAME.out, NAME.err and NAME.status beside it;
# also reads NAME.args and NAME.in. Absent expectations are empty, an absent
# status is 0. It runs in DIR/run, where the caller has put a copy of what it
# needs, so it may write there. A script ends with status 77 where what it
# needs is absent; the last line that it says on standard error is the reason.
compare_case()
{
    base=$ROOT/$1/$2
    name=$2
    file=${2##*/}
    if [ ! -f "$base.assay" ] && [ ! -f "$base.sh" ]; then
        echo "no $1/$2.assay beside what is expected of it" >"$DIR/detail"
        fail "$name" "$DIR/detail"
        return
    fi
    cd "$DIR/run" || return 1

    input=/dev/null
    [ ! -f "$base.in" ] || input=$base.in
    if [ -f "$base.sh" ]; then
        status=0
        clean sh "$file.sh" <"$input" >"$DIR/out" 2>"$DIR/err" || status=$?
        neutral "$DIR/out"
        neutral "$DIR/err"
        if [ "$status" = 77 ]; then
            skip "$name" "$(tail -n 1 "$DIR/err")"
            return
        fi
    else
        set -- run "$file.assay"
        if [ -f "$base.args" ]; then
            set --
            while IFS= read -r line || [ -n "$line" ]; do
                case $line in
                *@FACTS@*) line=${line%%@FACTS@*}../facts.db${line#*@FACTS@} ;;
                esac
                set -- "$@" "$line"
            done <"$base.args"
        fi
        program "$input" "$DIR/out" "$DIR/err" "$@"
    fi

    : >"$DIR/status"
    [ "$status" = 0 ] || echo "$status" >"$DIR/status"
    if [ -n "$BLESS" ] && { [ "$status" -lt 99 ] || [ "$status" = 130 ]; }; then
        for kind in out err status; do
            bless_file "$DIR/$kind" "$base.$kind"
        done
    fi
    {
        expected=0
        [ ! -f "$base.status" ] || read -r expected <"$base.status"
        [ "$status" = "$expected" ] ||
            echo "status $(status_text "$status"), expected $expected"
        same stdout "$base.out" "$DIR/out"
        same stderr "$base.err" "$DIR/err"
    } >"$DIR/detail"
    judge "$name" "$DIR/detail"
}

# list_cases FOLDER EXTENSION...: the stems of such files, one level down.
list_cases()
{
    folder=$1
    shift
    for extension; do
        for path in "$folder"/*/*."$extension"; do
            [ ! -f "$path" ] || echo "$path"
        done
    done | sed "s,^$folder/,,; s/\.[^./]*\$//" | sort -u
}
