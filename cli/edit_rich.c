/* Lines as readline edits them: history, bracketed paste, completion. */
#include "cli/edit.h"

#include "cli/choices.h"
#include "cli/readline.h"
#include "cli/terminal.h"

#include <stdlib.h>
#include <unistd.h>

static struct readline rl;
static const struct edit_client *client;
static char *typed;    /* the line that readline has handed over */
static bool delivered; /* a line, or the end, waits in `typed` */

/* Readline takes its handler back in here, since it would print the prompt
 * anew after any line. */
static void
on_line(char *line)
{
    rl.rl_callback_handler_remove();
    typed = line;
    delivered = true;
}

/* Whenever it begins a line, readline asks the environment which characters
 * there are.  We know; but what we run shall find its own environment. */
static void
show(const char *prompt)
{
    const char *own = getenv("LC_ALL");
    char *kept = own ? strdup(own) : NULL;
    setenv("LC_ALL", "C.UTF-8", 1);
    rl.rl_callback_handler_install(prompt, on_line);
    if (kept) {
        setenv("LC_ALL", kept, 1);
    } else {
        unsetenv("LC_ALL");
    }
    free(kept);
}

static bool
feed(void)
{
    rl.rl_callback_read_char();
    if (delivered) {
        char *line = typed;
        delivered = false;
        if (!line) {
            fputs("\n", *rl.rl_outstream);
            fflush(*rl.rl_outstream);
        }
        client->line(client->context, line);
        free(line);
    }
    return false;
}

static void
discard(void)
{
    fputs("^C\n", *rl.rl_outstream);
    rl.rl_free_line_state();
    rl.rl_callback_sigcleanup();
    rl.rl_callback_handler_remove();
    fflush(*rl.rl_outstream);
}

static void
resize(void)
{
    rl.rl_resize_terminal();
}

static void
suspend(bool leaves)
{
    if (leaves) {
        rl.rl_deprep_terminal();
    } else {
        rl.rl_prep_terminal(1);
        rl.rl_forced_update_display();
    }
}

static void
close_rich(void)
{
    rl.rl_callback_handler_remove();
}

static void
remember(const char *entry)
{
    rl.add_history(entry);
}

/* Writes the list below the line, and the line again below the list. */
static void
list_choices(const struct completions *found)
{
    struct buffer text = {0};
    size_t columns;
    size_t rows;
    terminal_size(STDIN_FILENO, &columns, &rows);
    choices_add(&text, found, columns, rows);
    rl.rl_crlf();
    fwrite(text.text, 1, text.len, *rl.rl_outstream);
    rl.rl_on_new_line();
    rl.rl_forced_update_display();
    buffer_free(&text);
}

/* Replaces the letters before the cursor by what all offers share. */
static int
on_tab(int count, int key)
{
    struct completions found;
    int point = *rl.rl_point;
    (void)count;
    (void)key;
    completions_init(&found);
    client->complete(client->context,
                     (struct slice){*rl.rl_line_buffer, (size_t)point}, &found);
    struct slice shared = completions_shared(&found);
    int start = point - (int)found.typed;
    if (found.count == 0 || start < 0) {
        rl.rl_ding();
    } else if (shared.len > found.typed || found.count == 1) {
        char *word = arena_copy(&found.arena, shared.at, shared.len);
        rl.rl_delete_text(start, point);
        *rl.rl_point = start;
        rl.rl_insert_text(word);
    } else {
        list_choices(&found);
    }
    completions_free(&found);
    return 0;
}

const struct editor *
edit_open_rich(const struct edit_client *its_client)
{
    static const struct editor editor = {show,    feed,       discard, resize,
                                         suspend, close_rich, remember};
    if (!readline_load(&rl)) {
        return NULL;
    }
    client = its_client;
    *rl.rl_readline_name = "assay";
    *rl.rl_catch_signals = 0;
    *rl.rl_catch_sigwinch = 0;
    *rl.rl_change_environment = 0;
    *rl.rl_outstream = isatty(STDERR_FILENO) ? stderr : stdout;
    rl.rl_variable_bind("enable-bracketed-paste", "on");
    rl.rl_bind_key('\t', on_tab);
    rl.using_history();
    return &editor;
}
