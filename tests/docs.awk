# Cuts the blocks out of a Markdown file (mode=cut) or puts them back with
# other output (mode=paste); see tests/suites/docs. In the folder `blocks`, a
# block N has N.text (what to run), N.commands (a console's commands as they
# stand, each closed by @END), N.expected (what came out), and a line
# "N KIND LINE" in the index that is printed.

function start(kind) {
    number++
    place = blocks "/" number
    create(".text")
    if (kind == "console") create(".expected")
    kinds[number] = kind
    lines[number] = NR
}

# Each file is closed at once: a page may have more of them than can be open.
function put(file, line) {
    if (mode != "cut") return
    print line >>(place file)
    close(place file)
}

function create(file) {
    if (mode != "cut") return
    printf "" >(place file)
    close(place file)
}

# A console's lines are kept until it is known whether it calls assay.
function console(   i, command, calls) {
    for (i = 1; i <= held; i++)
        if (hold[i] ~ /^\$ (.*[|;&(] *)?assay( |$)/) calls = 1
    if (!calls) {
        if (mode == "paste") for (i = 1; i <= held; i++) print hold[i]
        return
    }
    start("console")
    lines[number] = opened
    if (mode == "paste") { paste(number); return }
    for (i = 1; i <= held; i++) {
        put(".expected", hold[i])
        if (hold[i] ~ /^\$ /) {
            if (command++) put(".commands", "@END")
            put(".text", "_s=$?; echo '@COMMAND " command "'; (exit $_s)")
        } else if (!(hold[i] ~ /^> / && last ~ /^(\$|>) /))
            { last = hold[i]; continue }
        put(".text", substr(hold[i], 3))
        put(".commands", hold[i])
        last = hold[i]
    }
    put(".commands", "@END")
}

function paste(n,   file, line) {
    file = blocks "/" n ".expected"
    while ((getline line <file) > 0) print line
    close(file)
}

mode == "paste" && inside != "output" && inside != "console" { print }

inside == "" && /^```/ {
    info = substr($0, 4)
    sub(/[ \t\r]+$/, "", info)
    if (info == "assay" || info == "assay continue") {
        inside = "assay"
        start(info == "assay" ? "assay" : "continue")
        answered = 0
    } else if (info == "output" && kinds[number] ~ /^(assay|continue)$/ &&
        !answered) {
        inside = "output"
        answered = 1
        create(".expected")
        if (mode == "paste") paste(number)
    } else if (info == "console") {
        inside = "console"
        held = 0
        opened = NR
    } else
        inside = "other"
    next
}

inside != "" && /^```[ \t]*$/ {
    if (inside == "console") console()
    if (mode == "paste" && (inside == "console" || inside == "output")) print
    inside = ""
    next
}

inside == "assay" { put(".text", $0) }
inside == "output" { put(".expected", $0) }
inside == "console" { hold[++held] = $0 }

END {
    if (inside != "") {
        print FILENAME ": a fence is not closed" >"/dev/stderr"
        exit 1
    }
    if (mode == "cut")
        for (i = 1; i <= number; i++) print i, kinds[i], lines[i]
}
