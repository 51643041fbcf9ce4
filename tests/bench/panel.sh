# The bases of the panel, and P3, which makes them; read by tests/bench/run.
#
# They are $here/panel.db, panel.sqlite and panel.duckdb. P3 makes them,
# and leaves what it made last for the questions; without P3 they are made when
# they are older than the data or, ours, than the program.

# As one would declare it for these questions. The index behind the rows is the
# quicker way.
sqlite_table="CREATE TABLE fact(kind TEXT NOT NULL, metric TEXT NOT NULL,
    area TEXT NOT NULL, year INTEGER NOT NULL, value REAL NOT NULL,
    stated TEXT NOT NULL)"
sqlite_import=".import --csv --skip 1 '$here/panel.csv' fact"
duckdb_table="CREATE TABLE fact AS SELECT * FROM read_csv('$here/panel.csv',
    header = true, columns = {'kind': 'VARCHAR', 'metric': 'VARCHAR',
    'area': 'VARCHAR', 'year': 'INTEGER', 'value': 'DOUBLE',
    'stated': 'DATE'})"
panel_index="CREATE INDEX fact_key ON fact(metric, kind, area, year, stated)"

# What each of the bases must hold.
held="count(*), sum(value), min(stated), max(stated) FROM fact
    GROUP BY metric, kind ORDER BY metric, kind"
held_by_ours="count(*), sum(coefficient * pow(10.0, exponent - 9)),
    min(stated), max(stated) FROM figures
    GROUP BY metric, kind ORDER BY metric, kind"

# forget BASE: with what an interrupted run may have left beside it.
forget() { rm -f "$here/$1" "$here/$1-journal" "$here/$1.wal"; }

# keep BASE N: forgets the base if command N of the last turns did not make it.
keep()
{
    case $(sed -n "$2p" "$here/turns") in [0-9]*) ;; *) forget "$1" ;; esac
}

measure_import()
{
    forget panel.db
    forget panel.duckdb
    if [ "$BENCH_SIZE" = L ]; then # sqlite3 would take longer than all others
        turns "P3 CSV into an indexed base; DuckDB" $unit "<= 0.55" "$rounds" \
            -r "$here/panel.db" -r "$here/panel.duckdb" -- \
            "$ASSAY" run -q --facts "$here/panel.db" "$here/import.assay" -- \
            ${duck:+"$duck" "$here/panel.duckdb" "$duckdb_table" "$panel_index"}
        keep panel.duckdb 2
        line "P3 peak memory" "$(peak 1)" - - "<= 1431 MiB" ""
    else
        forget panel.sqlite
        turns "P3 CSV into an indexed base; sqlite3|P3 the same; DuckDB" \
            $unit "<= 0.25|<= 0.5" "$rounds" -r "$here/panel.db" \
            -r "$here/panel.sqlite" -r "$here/panel.duckdb" -- \
            "$ASSAY" run -q --facts "$here/panel.db" "$here/import.assay" -- \
            ${shell:+"$shell" "$here/panel.sqlite" "$sqlite_table" \
                "$sqlite_import" "$panel_index"} -- \
            ${duck:+"$duck" "$here/panel.duckdb" "$duckdb_table" "$panel_index"}
        keep panel.sqlite 2
        keep panel.duckdb 3
    fi
    keep panel.db 1
}

# make_bases: those that are missing or old; P3 may just have made them.
make_bases()
{
    if is_old "$here/panel.db" "$ASSAY" "$here/panel.csv"; then
        forget panel.db
        "$ASSAY" run -q --facts "$here/panel.db" "$here/import.assay" ||
            forget panel.db
    fi
    if [ -n "$shell" ] && is_old "$here/panel.sqlite" "$here/panel.csv"; then
        forget panel.sqlite
        "$shell" "$here/panel.sqlite" "$sqlite_table" "$sqlite_import" \
            "$panel_index" || forget panel.sqlite
    fi
    if [ -n "$duck" ] && is_old "$here/panel.duckdb" "$here/panel.csv"; then
        forget panel.duckdb
        "$duck" "$here/panel.duckdb" "$duckdb_table" "$panel_index" \
            >/dev/null || forget panel.duckdb
    fi
}

# bases_agree: those that are there hold the same facts.
bases_agree()
{
    rm -f "$here"/answers.*
    if [ -n "$shell" ] && [ -f "$here/panel.db" ]; then
        "$shell" -csv "$here/panel.db" "SELECT metric, kind, $held_by_ours" \
            >"$here/answers.1"
    fi
    if [ -n "$shell" ] && [ -f "$here/panel.sqlite" ]; then
        "$shell" -csv "$here/panel.sqlite" "SELECT metric, kind, $held" \
            >"$here/answers.2"
    fi
    if [ -n "$duck" ] && [ -f "$here/panel.duckdb" ]; then
        "$duck" "$here/panel.duckdb" "SELECT metric, kind, $held" \
            >"$here/answers.3"
    fi
    answers_agree P3
}

# make_finer_bases: of months and days, for P7.
make_finer_bases()
{
    data months.csv days.csv finer.assay
    if is_old "$here/finer.db" "$ASSAY" "$here/days.csv"; then
        forget finer.db
        "$ASSAY" run -q --facts "$here/finer.db" "$here/finer.assay" ||
            forget finer.db
    fi
    if [ -n "$duck" ] && is_old "$here/finer.duckdb" "$here/days.csv"; then
        forget finer.duckdb
        "$duck" "$here/finer.duckdb" "CREATE TABLE orders AS
            SELECT area, strptime(period, '%Y-%m')::DATE AS month, value
            FROM read_csv('$here/months.csv', header = true, columns = {
                'area': 'VARCHAR', 'period': 'VARCHAR', 'value': 'DOUBLE'});
            CREATE TABLE prices AS SELECT * FROM read_csv('$here/days.csv',
                header = true, columns = {
                'area': 'VARCHAR', 'day': 'DATE', 'value': 'DOUBLE'})" ||
            forget finer.duckdb
    fi
}

measure_panel()
{
    data panel.csv import.assay
    if wants P3; then measure_import; fi
    make_bases
    bases_agree
}
