# Reads sources and prints each include that the order of the floors forbids,
# and each use of the standard streams outside cli/.

BEGIN {
    # The floors from below. A file includes its own floor and those below.
    count = split("base values lexer parser store stdlib eval report cli", \
        names, " ")
    for (i = 1; i <= count; i++)
        floor[names[i]] = i
    floor["tests"] = count + 1

    # The headers of other libraries, and the floor that may include them;
    # the tests may include any of these.
    only["utf8proc.h"] = "base"
    only["sqlite3.h"] = "store"
    only["zlib.h"] = "store"
    only["pcre2.h"] = "eval"
    only["libsmartcols.h"] = "report"
    only["readline/readline.h"] = "cli"
    only["readline/history.h"] = "cli"
    only["check.h"] = "tests"
    only["cJSON.h"] = "tests"
    only["cjson/cJSON.h"] = "tests"
    only["dlfcn.h"] = "cli"

    # Those of C and POSIX that any floor may include. No setjmp.
    standard = "assert ctype errno fcntl fenv float getopt inttypes limits locale math " \
        "signal stdalign stdarg stdatomic stdbool stddef stdint stdio " \
        "stdlib string time wchar wctype dirent fcntl fnmatch glob langinfo " \
        "libgen poll pthread pwd spawn strings sys/ioctl sys/mman " \
        "sys/resource sys/select sys/stat sys/time sys/types sys/uio " \
        "sys/wait termios unistd"
    count = split(standard, names, " ")
    for (i = 1; i <= count; i++)
        free[names[i] ".h"] = 1
}

FNR == 1 {
    split(FILENAME, path, "/")
    own = path[1]
    comment = 0
}

function forbidden(why) { print FILENAME ":" FNR ": " why }

/^[ \t]*#[ \t]*include/ {
    line = $0
    sub(/^[ \t]*#[ \t]*include[ \t]*/, "", line)
    name = substr(line, 2)
    sub(/[">].*/, "", name)
    if (line ~ /^</) {
        if (name in only) {
            if (only[name] != own && own != "tests")
                forbidden("<" name "> belongs to " only[name] "/ alone")
        } else if (!(name in free))
            forbidden("<" name "> is in no list of tests/floors.awk")
    } else {
        split(name, target, "/")
        if (!(target[1] in floor) || name !~ /\//)
            forbidden("\"" name "\" is not written from the root")
        else if (name == "parser/grammar.tab.h") {
            if (own != "parser" && own != "lexer")
                forbidden("bison's header belongs to the parser and lexer")
        } else if (floor[target[1]] > floor[own])
            forbidden(own "/ includes \"" name "\", a floor above")
    }
    next
}

# Outside strings and comments only. Out of memory is told in one place, which
# is base/arena.c.
FILENAME != "base/arena.c" && own != "cli" && own != "tests" &&
    /std(in|out|err)|\/\*|\*\// {
    line = $0
    gsub(/\\./, "", line)
    gsub(/"[^"]*"/, "", line)
    gsub(/\/\/.*/, "", line)
    text = ""
    while (line != "") {
        if (comment) {
            if (!(at = index(line, "*/"))) break
            comment = 0
            line = substr(line, at + 2)
        } else if (at = index(line, "/*")) {
            text = text substr(line, 1, at - 1)
            comment = 1
            line = substr(line, at + 2)
        } else {
            text = text line
            break
        }
    }
    if (match(text, /(^|[^A-Za-z0-9_])std(in|out|err)([^A-Za-z0-9_]|$)/))
        forbidden("the standard streams belong to cli/ alone")
}
