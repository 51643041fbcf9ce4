/* Reading lines at a prompt: with readline where it can be had, else plainly.
 *
 * An editor is shown, fed while input is there, and hidden before it hands
 * over a line, so that the terminal is its own whenever something runs.
 * Terminal and readline belong to the process; so does the one editor.
 */
#ifndef CLI_EDIT_H
#define CLI_EDIT_H

#include "cli/complete.h"

struct edit_client {
    void *context;
    /* A line was typed, or several pasted, without the last newline; NULL at
     * the end of the input. */
    void (*line)(void *context, const char *text);
    /* What may stand at the end of TEXT, the line up to the cursor. */
    void (*complete)(void *context, struct slice text,
                     struct completions *found);
};

struct editor {
    void (*show)(const char *prompt);
    /* Takes what was typed; true when another line is waiting already. */
    bool (*feed)(void);
    void (*discard)(void);               /* drops the line; hides */
    void (*resize)(void);                /* the window has another size */
    void (*suspend)(bool leaves);        /* Ctrl-Z, and coming back */
    void (*close)(void);                 /* hides, for good */
    void (*remember)(const char *entry); /* for the arrow keys */
};

/* Opens an editor on the terminal; CLIENT is borrowed.  The rich one is NULL
 * when readline cannot be loaded. */
const struct editor *edit_open_rich(const struct edit_client *client);
const struct editor *edit_open_plain(const struct edit_client *client);

#endif
