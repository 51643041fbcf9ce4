# Cuts the examples out of a file of the library (mode=cut) or puts them back
# with other output (mode=paste); see tests/suites/functions. In the folder
# `parts`, `setup` is the file's setup; a function N has N.text (what its
# example says) and N.expected; a line "N NAME LINE" is printed for each.

function put(file, line) {
    if (mode != "cut") return
    print line >>(parts "/" file)
    close(parts "/" file)
}

function create(file) {
    if (mode != "cut") return
    printf "" >(parts "/" file)
    close(parts "/" file)
}

# Output stands behind all that is said; it is put where it stood, or at the
# end of the example.
function paste(   file, line) {
    if (mode != "paste" || !open) return
    open = 0
    file = parts "/" number ".expected"
    while ((getline line <file) > 0) print (line == "" ? "#=" : "#= " line)
    close(file)
}

BEGIN { create("setup") }

open && !/^#[>=]/ { paste(); open = 0 }

/^define / || /^#: / {
    number++
    open = 1
    name = $2
    sub(/\(.*/, "", name)
    create(number ".text")
    create(number ".expected")
    if (mode == "cut") print number, name, NR
}

/^#[>=]/ && number && !open {
    put("stray", FILENAME ":" NR ": belongs to no function")
}
/^#>/ && open { put(number ".text", substr($0, 4)) }
/^#>/ && !number { put("setup", substr($0, 4)) }
open && /^#=/ { put(number ".expected", substr($0, 4)); next }
mode == "paste" { print }

END { paste() }
