# What is wrong with a command line is said, with what was probably meant.
try()
{
    echo "\$ assay $*"
    assay "$@" </dev/null 2>&1
    echo "[$?]"
}
try --fromat csv
try -x
try --format tabel
try --format html
try --format
try --strict=yes
try --color sometimes
try --diagnostics long
try --width wide
try --width 1000000
try --width ''
try --as-of yesterday
try --as-of 2023-02-30
try --as-of FY2023
try --as-of ''
try --set x
try --set =1
try fmt --strict x.assay
try --check
try explain --facts a.db E0203
try --facts a.db b.db
try run
try fmt
try explain
try help one two
try completions csh
