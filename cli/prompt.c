/* The prompt: lines become entries, entries are run.
 *
 * One loop waits for the keyboard and for signals.  An entry is run when the
 * parser finds it finished, or beyond repair; until then a continuation prompt
 * says what is open.
 */
#include "cli/prompt.h"

#include "cli/signals.h"
#include "parser/parse.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

enum { PROMPT_ROWS = 1000 }; /* of a table; `last` shows all */

/* What is open, right-aligned under the name of the program. */
static void
show_prompt(struct prompt *prompt)
{
    char text[16];
    if (prompt->entry.len == 0) {
        memcpy(text, "assay> ", sizeof "assay> ");
    } else {
        const char *open = *prompt->open_with ? prompt->open_with : "...";
        snprintf(text, sizeof text, "%5.5s> ", open);
    }
    prompt->editor->show(text);
    prompt->shown = true;
}

static bool
is_blank(const char *text)
{
    return text[strspn(text, " \t\n")] == '\0';
}

/* Adds a line to the entry.  What continues a statement is indented, so that
 * a person need not do it. */
static void
add_line(struct buffer *entry, const char *line)
{
    if (entry->len) {
        buffer_add_char(entry, '\n');
        if (*line != ' ' && *line != '\t' && *line) {
            buffer_add_text(entry, "    ");
        }
    }
    buffer_add_text(entry, line);
}

/* Is the entry to be run as it stands, now that LINE was added? */
static bool
is_ready(struct prompt *prompt, const char *line)
{
    struct atoms *atoms = session_atoms(prompt->cli->session);
    enum entry_status status =
        parser_entry(atoms, buffer_slice(&prompt->entry), &prompt->open_with);
    const char *open = prompt->open_with;
    bool pasted = strchr(line, '\n') != NULL;
    switch (status) {
    case ENTRY_EMPTY:
        buffer_clear(&prompt->entry);
        return false;
    case ENTRY_FINISHED:
    case ENTRY_BROKEN:
        return true;
    case ENTRY_OPEN:
        break;
    }
    if (strcmp(open, "") == 0) {
        /* Only words are missing: an empty line asks which. */
        return is_blank(line);
    }
    if (strlen(open) > 1) {
        return is_blank(line) || pasted;
    }
    return false;
}

static bool
is_last(const struct buffer *entry)
{
    struct slice text = buffer_slice(entry);
    while (text.len && strchr(" ;\n", text.at[text.len - 1])) {
        text.len--;
    }
    return slice_is(text, "last");
}

static void
run_entry(struct prompt *prompt)
{
    struct cli *cli = prompt->cli;
    struct slice text = buffer_slice(&prompt->entry);
    if (history_keep(&prompt->history, text)) {
        prompt->editor->remember(text.at);
    }
    stream_allow_pager(&cli->out);
    struct report *report =
        cli_open_report(cli, is_last(&prompt->entry) ? 0 : PROMPT_ROWS);
    cli_run_text(cli, "<prompt>", text, report);
    report_close(report);
    stream_flush(&cli->out);
    buffer_clear(&prompt->entry);
    prompt->ended = prompt->ended || session_quits(cli->session);
}

/* Takes a line from the editor, which has left the terminal to us. */
static void
on_line(void *context, const char *line)
{
    struct prompt *prompt = context;
    prompt->shown = false;
    if (!line) {
        prompt->ended = true;
        return;
    }
    if (prompt->entry.len == 0 && is_blank(line)) {
        return;
    }
    add_line(&prompt->entry, line);
    if (is_ready(prompt, line)) {
        run_entry(prompt);
        prompt_take_events(prompt, false);
    }
}

static void
on_complete(void *context, struct slice line, struct completions *found)
{
    struct prompt *prompt = context;
    struct buffer text = {0};
    buffer_add_slice(&text, buffer_slice(&prompt->entry));
    buffer_add_text(&text, text.len ? "\n    " : "");
    buffer_add_slice(&text, line);
    complete(prompt->cli->session, buffer_slice(&text), found);
    buffer_free(&text);
}

void
prompt_take_events(struct prompt *prompt, bool idle)
{
    for (int number; (number = signals_next_event());) {
        if (number == SIGTERM || number == SIGHUP) {
            prompt->ended = true;
            prompt->killed_by = number;
        } else if (!idle) {
            /* It was meant for the statement that ran. */
        } else if (number == SIGINT) {
            prompt->editor->discard();
            prompt->shown = false;
            buffer_clear(&prompt->entry);
            idle = false;
        } else if (number == SIGWINCH) {
            prompt->editor->resize();
        } else if (number == SIGTSTP) {
            prompt->editor->suspend(true);
            signals_suspend();
            prompt->editor->suspend(false);
        }
    }
}

static void
loop(struct prompt *prompt, int events)
{
    struct pollfd wait[] = {{STDIN_FILENO, POLLIN, 0}, {events, POLLIN, 0}};
    bool more = false;
    while (!prompt->ended) {
        if (!prompt->shown) {
            show_prompt(prompt);
        }
        if (poll(wait, 2, more ? 0 : -1) < 0 && errno != EINTR) {
            return;
        }
        if (wait[1].revents) {
            prompt_take_events(prompt, true);
        } else if (more || wait[0].revents) {
            more = prompt->editor->feed();
        }
        wait[0].revents = wait[1].revents = 0;
    }
}

void
prompt_run(struct prompt *prompt)
{
    struct edit_client client = {prompt, on_line, on_complete};
    int events = signals_open_events();
    prompt->editor = prompt->rich ? edit_open_rich(&client) : NULL;
    if (!prompt->editor) {
        prompt->editor = edit_open_plain(&client);
    }
    history_open(&prompt->history, prompt->editor->remember);
    if (events >= 0) {
        loop(prompt, events);
    }
    prompt->editor->close();
    history_close(&prompt->history);
    buffer_free(&prompt->entry);
}
