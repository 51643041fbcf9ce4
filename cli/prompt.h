/* The prompt, where figures are stated and asked about by hand. */
#ifndef CLI_PROMPT_H
#define CLI_PROMPT_H

#include "cli/cli.h"
#include "cli/edit.h"
#include "cli/history.h"

struct prompt {
    struct cli *cli; /* borrows */
    const struct editor *editor;
    struct history history;
    struct buffer entry;   /* typed so far */
    const char *open_with; /* what is open in it; see parser_entry */
    bool rich;             /* the terminal can do more than print */
    bool shown;            /* the editor has the terminal */
    bool ended;
    int killed_by; /* the signal that ended it, or 0 */
};

/* Asks and answers until the end. */
void prompt_run(struct prompt *prompt);

/* Takes the signals that came, IDLE: while the editor has the terminal. */
void prompt_take_events(struct prompt *prompt, bool idle);

#endif
