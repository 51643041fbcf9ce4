# For sessions at a pseudo-terminal of 80 columns and 24 rows. Whatever does
# not appear within ten seconds fails the session.

set timeout 10
set stty_init "rows 24 columns 80"
match_max 100000

proc failed {what} {
    send_user "\nFAILED: $what\n"
    exit 1
}

# start ARGUMENT...: the program, with WRAP unset.
proc start {args} {
    global spawn_id spawn_out
    spawn -noecho assay {*}$args
}

# resize ROWS COLUMNS: gives the window another size.
proc resize {rows columns} {
    global spawn_out
    stty rows $rows columns $columns < $spawn_out(slave,name)
}

# see TEXT: waits until it appears, as written; what came before is passed.
proc see {text} {
    expect {
        -ex $text {}
        timeout { failed "no sign of: $text" }
        eof { failed "the program ended before: $text" }
    }
}

# see_not TEXT UNTIL: TEXT must not appear before UNTIL does.
proc see_not {text until} {
    expect {
        -ex $text { failed "should not have appeared: $text" }
        -ex $until {}
        timeout { failed "no sign of: $until" }
        eof { failed "the program ended before: $until" }
    }
}

# type TEXT: as it is; a line needs its own \r. Ctrl-C is \003, Ctrl-D \004.
proc type {text} {
    send -- $text
}

# paste TEXT: as a terminal does it with bracketed paste.
proc paste {text} {
    send -- "\033\[200~$text\033\[201~"
}

# ended STATUS: waits for the end of the program.
proc ended {status} {
    expect {
        eof {}
        timeout { failed "the program did not end" }
    }
    lassign [wait] pid id broke got
    if {$broke != 0} { failed "the program could not be started" }
    if {$got != $status} { failed "status $got, expected $status" }
}
