# try ARGUMENT...: the command, what it says, and its status. brief: without
# what is told below a finding.
try()
{
    echo "\$ assay check $*"
    assay check "$@" 2>&1 </dev/null
    echo "[$?]"
}
brief()
{
    echo "\$ assay check $*"
    assay check "$@" >said 2>&1 </dev/null
    said=$?
    grep -v '^   \|^$\|^  -->' said
    echo "[$said]"
}
# rule TEXT: a file of rules, to be judged with the figures.
rule() { printf '%s\n' "$@" >rule.assay; sed 's/^/| /' rule.assay; }
