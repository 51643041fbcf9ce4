# Commands that do not exist, exist no more than in name, or are something else.
try()
{
    echo "\$ assay $*"
    assay "$@" </dev/null 2>&1
    echo "[$?]"
}
try rnu korea.assay
try nonsense
try one two
try korea.assay
try -
try check --sarif out.sarif rules.assay
try test
try import figures.csv
try export
try diff a b
try explain E9999
try explain e0230
try version
try --version run
try --diagnostics short nonsense
try --diagnostics json nonsense
try --color always nonsense
