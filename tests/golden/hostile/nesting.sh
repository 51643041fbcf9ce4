# Deep, long and endless statements: refused with a place, never a crash.
# Only the first line of each message is shown.
many() { awk -v n="$1" -v s="$2" 'BEGIN { while (n-- > 0) printf "%s", s }'; }
try()
{
    assay run input >out 2>err
    echo "$1: $? $(sed -n 's/^print //; 1p' out | cut -c 1-70)$(
        sed -n 1p err | cut -c 1-78)"
}
for n in 150 201 100000; do
    { printf 'show '; many $n '('; printf 1; many $n ')'; } >input
    try "$n parentheses"
    { printf 'check '; many $n 'not '; printf true; } >input
    try "$n not"
    { printf 'show '; many $n '- '; printf 1; } >input
    try "$n minus"
    { printf 'show '; many $n 'if true then 1 else '; printf 1; } >input
    try "$n if"
    { printf 'show '; many $n '1 ^ '; printf 1; } >input
    try "$n powers"
    { printf 'show '; many $n '1 ? '; printf 1; } >input
    try "$n ?"
    { printf 'show '; many $n '1 + '; printf 1; } >input
    try "$n sums"
    { printf 'show '; many $n 'abs('; printf 1; many $n ')'; } >input
    try "$n calls"
    { printf 'check 1 in '; many $n '{'; } >input
    try "$n open braces"
    { printf 'show x'; many $n '['; } >input
    try "$n open brackets"
    { printf 'print "'; many $n '{'; printf '"'; } >input
    try "$n open holes"
    { many $n 'explain '; printf 'show 1'; } >input
    try "$n explain"
done
{ printf 'show 1'; many 100000 ')'; } >input
try "closing brackets"
{ printf 'check 1 in {0'; many 100000 ', 1'; printf '}'; } >input
try "a large set"
{ printf 'print "'; many 2000000 x; printf '"\n'; } >input
try "a text of 2 MB"
{ printf 'show 1'; many 300000 '    
'; printf ' + 1\n'; } >input
try "a statement of 1.5 MB"
{ printf '#'; many 5000000 x; printf '\nprint "behind"\n'; } >input
try "a comment of 5 MB"
{ many 500000 ';'; printf 'print "behind"\n'; } >input
try "half a million empty statements"
{ printf 'metric '; many 100000 x; printf ' once; list metrics\n'; } >input
try "a long name"
many 400 'show (
' >input
assay run input 2>&1 | tail -n 1
