# Two processes on one base. A reader never waits for a transaction that is
# open; a second writer waits five seconds, and then says that the base is busy.
start() { assay -q --facts "$1" -e 'metric x yearly; actual 2001 x = 1'; }

# An import that waits for its data holds the writer's place.
hold_writer()
{
    mkfifo "$1.csv"
    assay -q --facts "$1" -e "import \"$1.csv\" as actual x" &
    exec 3>"$1.csv"
    printf 'period,value\n2002,2\n' >&3
    while sqlite3 "$1" 'BEGIN IMMEDIATE; ROLLBACK' 2>/dev/null; do
        sleep 0.02
    done
}
# Less than the five seconds for which a writer waits.
ask() { timeout 4 assay --facts "$1" --format csv -e "$2"; echo "[$?]"; }
state()
{
    assay --facts "$1" -e "$2" 2>&1
    echo "[$?] $2"
}
patience()
{
    start one
    hold_writer one
    echo "--- while a writer is at work"
    ask one '2001 x'
    ask one 'known(2002 x)'
    state one 'actual 2003 x = 3'
    timeout 4 assay verify one
    exec 3>&-
    wait
    echo "--- when it is done"
    state one 'actual 2003 x = 3'
    ask one x
    assay verify one
}
in_turn()
{
    start two
    hold_writer two
    { exec 3>&-; state two 'actual 2003 x = 3'; } >later &
    sleep 1
    exec 3>&-
    wait
    cat later
    ask two x
    assay verify two
}
# Whoever reads keeps a writer from the end of its transaction.
hold_reader()
{
    mkfifo "$1.sql"
    sqlite3 "$1" <"$1.sql" >"$1.said" &
    exec 4>"$1.sql"
    echo "BEGIN; SELECT count(*) FROM fact;" >&4
    until grep -qs 1 "$1.said"; do sleep 0.02; done
}
behind_reader()
{
    start three
    hold_reader three
    ask three '2001 x'
    state three 'actual 2003 x = 3'
    exec 4>&-
    wait
    ask three x
    state three 'actual 2003 x = 3'
    ask three x
    assay verify three
}
# What a transaction has written, more than the cache holds, waits in memory.
ahead_of_much()
{
    start four
    awk 'BEGIN {
        text = "n"
        while (length(text) < 32768) text = text text
        print "period,value,note"
        for (year = 1000; year < 3500; year++) print year "," year "," text
    }' >much.csv
    cat >much.assay <<-END
	import "much.csv" as target x (period = period, value = value,
	    note = note)
	import "late.csv" as target x
	END
    mkfifo late.csv
    assay -q --facts four run much.assay &
    exec 5>late.csv # opened by the program when the first import is done
    ask four x
    echo period,value >&5
    exec 5>&-
    wait
    state four 'list imports' | cut -c 1-60
    assay verify four
}
patience >said.1 2>&1 &
in_turn >said.2 2>&1 &
behind_reader >said.3 2>&1 &
ahead_of_much >said.4 2>&1 &
wait
cat said.1
echo "--- one after the other"
cat said.2
echo "--- behind a reader"
cat said.3
echo "--- ahead of much"
cat said.4
