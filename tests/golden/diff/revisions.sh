# A revision that was added is not one that was replaced; a restatement names its
# days; what moved is told from what changed.
exec 2>&1
base() {
    printf '%s\n' 'metric x yearly in USD; actor a; actor b' "$2" >"$1.assay"
}
compare() {
    assay diff "$1.assay" "$2.assay"
    echo "[$?]"
}
five='actual 2020 x = 5 by a on 2024-01-01'
six='actual 2020 x = 6 by a on 2024-02-01'
base one "$five"
base both "$five; $six"
base later "$six"
base other 'actual 2020 x = 7 by a on 2024-01-01'
base second "$five; actual 2020 x = 8 by a on 2024-02-01"
base undated 'actual 2020 x = 5 by a'
echo "-- added, replaced"
compare one both
compare both one
compare one later
echo "-- another value of a day, which of two, no day any more"
compare one other
compare both second
compare one undated
compare undated one
echo "-- taken back, and there again"
base gone "$five; retract actual 2020 x by a because \"a slip\""
compare one gone
compare gone one
compare gone other
echo "-- notes, conditions, sources and their day"
base note "$five note \"first\""
base note2 "$five note \"second\" url \"http://x\""
base condition "$five if \"rain\""
compare one note
compare note note2
compare note condition
base wire 'source wire on 2024-01-01; actual 2020 x = 5 source wire'
base wire2 'source wire on 2024-01-02; actual 2020 x = 5 source wire'
base gazette 'source gazette on 2024-01-02; actual 2020 x = 5 by a source gazette'
compare wire wire2
compare one gazette
echo "-- the order of a day"
base ab "actual 2020 x = 5 by a; actual 2020 x = 6 by b; actual 2020 x = 7 by a"
base ba "actual 2020 x = 7 by a; actual 2020 x = 5 by a; actual 2020 x = 6 by b"
compare ab ba
compare ab ab
base twice "$five; $five"
compare one twice
compare twice one
echo "-- for programs, each side is what can be stated again"
assay diff --format csv wire.assay wire2.assay
assay diff --format csv one.assay gone.assay
assay diff --format jsonl note.assay note2.assay
assay diff --format json one.assay both.assay
assay diff --format csv one.assay later.assay
assay diff --format table one.assay wire.assay
