# Hostile names and texts in every quoted position: they go into a base and
# come out as they were, and nothing of them acts or drives a terminal.
n=0
try()
{
    # $1 is the text as the language writes it; it also stands in backquotes
    # as $2 where that is possible.
    n=$((n + 1))
    cat >input <<END
unit uu "$1" symbol "$1"
kind kk "$1" like target
dimension dd "$1"
member MM "$1" of dd
metric mm "$1" flow yearly in uu by dd
actor aa "$1"
source ss "$1" on 2020-01-01 url "$1"
define ff(x) "$1" = x
param pp "$1" = "$1"
target 2020 mm[MM] = 5 by aa source ss if "$1" note "$1" url "$1"
END
    [ -z "$2" ] || cat >>input <<END
unit \`u$2\` "u"
kind \`k$2\` like target
dimension \`d$2\`
member \`m$2\` of \`d$2\`
metric \`x$2\` flow yearly in \`u$2\` by \`d$2\`
actor \`a$2\`
source \`s$2\`
define \`f$2\`(x) = x
\`k$2\` 2021 \`x$2\`[\`m$2\`] = 8 by \`a$2\` source \`s$2\`
END
    printf -- '--- %s\n' "$1"
    assay run input --facts base$n 2>&1
    cat >ask <<END
list metrics; list kinds; list actors; list sources; list members of dd
describe mm; compare target mm[MM] for 2020; print "{\$pp} {target 2020 mm[MM]}"
END
    [ -z "$2" ] || cat >>ask <<END
\`k$2\` 2021 \`x$2\`[\`m$2\`] to \`u$2\`; \`f$2\`(5); describe \`x$2\`
show \`x$2\`[\`no$2\`]
END
    assay run ask --facts base$n --set pp="\"$1\"" 2>&1
    assay fmt - <input >once
    assay fmt - <once | cmp - once
}
try "'; DROP TABLE fact; --" "'; DROP TABLE fact; --"
try '\"; DROP TABLE fact; --' '"; DROP TABLE fact; --'
try '%s%n $(id) \\ | <b> *' '%s%n $(id) \ | <b> *'
try '\{1\} \u{7B}$pp}' '{1}'
try 'a\nb\tc'
try '\u{1B}[31m\u{7}\u{7F}\u{9B}2J' "$(printf '\033[31m\007\177')"
try '\u{202E}abc\u{2066}\u{200B}' "$(printf '\342\200\256abc')"
try '`' 
try ' ' ' '
long=$(awk 'BEGIN { for (i = 0; i < 3000; i++) printf "x" }')
echo "--- long"
assay --facts long -e "metric \`$long\` \"$long\" once; \`$long\` = 5"
assay --facts long --format csv -e 'list metrics' | cksum
[ ! -e id ] && ls base* | wc -l
