# The command line of `assay import`.
printf 'year,exports\n2023,632.2\n' >exports.csv
try()
{
    echo "\$ assay $*"
    assay "$@" </dev/null 2>&1
    echo "[$?]"
}
try import
try import -
try import --reject bad.csv exports.csv
try import --read-only exports.csv
try import --format csv exports.csv
try import exports.csv -q
try import exports.csv --facts base -q
try import --facts base --diagnostics json exports.csv
try import --facts base exports.csv --color always
try import nosuch.csv --diagnostics short
try run --reject
try fmt --reject x y
try check --reject x
try help import
