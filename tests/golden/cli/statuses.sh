# Each exit status, and the worst of several.
try()
{
    assay "$@" >/dev/null 2>&1 </dev/null
    echo "[$?] $*"
}
try -e 'print "done"'
try -e 'check 1 = 1'
try -e 'check 1 = 2'
try -e 'check unknown'
try -e 'check unknown' -e 'check 1 = 2'
try -e 'check 1 = 2' -e 'check 1 = 1'
try -e 'check 1 ='
try -e 'check 1 = 2' -e 'check 1 ='
try --facts none/facts.db -e 'print "no folder"'
try run none.assay
try run .
echo 'check 1 = 2' | assay >/dev/null 2>&1
echo "[$?] standard input"
echo 'check 1 = 2' | assay run - >/dev/null 2>&1
echo "[$?] run -"
assay -e 'print "full"' 2>&1 >/dev/full
echo "[$?] a full disk"
assay -e 'print "closed"' 2>&1 >&-
echo "[$?] no standard output"
assay run - </ 2>&1
echo "[$?] standard input is a folder"
