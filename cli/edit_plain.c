/* Lines as the terminal's driver gives them: for TERM=dumb, and where there is
 * no readline. */
#include "cli/edit.h"

#include "cli/stream.h"

#include <errno.h>
#include <unistd.h>

enum { PIECE = 4096 };

static const struct edit_client *client;
static struct buffer input; /* read, and not handed over yet */

static void
put(const char *text)
{
    write_all(STDERR_FILENO, text, strlen(text));
}

static void
show(const char *prompt)
{
    put(prompt);
}

/* Hands over the first line of the input, if it is whole. */
static bool
hand_over(void)
{
    char *end = input.len ? memchr(input.text, '\n', input.len) : NULL;
    if (!end) {
        return false;
    }
    size_t len = (size_t)(end - input.text);
    struct buffer line = {0};
    buffer_add(&line, input.text, len);
    memmove(input.text, end + 1, input.len - len);
    input.len -= len + 1;
    client->line(client->context, line.text);
    buffer_free(&line);
    return true;
}

static bool
has_line(void)
{
    return input.len && memchr(input.text, '\n', input.len);
}

static bool
feed(void)
{
    if (!has_line()) {
        buffer_reserve(&input, PIECE);
        ssize_t got = read(STDIN_FILENO, input.text + input.len, PIECE);
        if (got < 0 && errno == EINTR) {
            return false;
        }
        if (got <= 0) {
            put("\n");
            client->line(client->context, NULL);
            return false;
        }
        input.len += (size_t)got;
        input.text[input.len] = '\0';
    }
    hand_over();
    return has_line();
}

static void
discard(void)
{
    buffer_clear(&input);
    put("\n");
}

static void
resize(void)
{
}

static void
suspend(bool leaves)
{
    (void)leaves;
}

static void
close_plain(void)
{
    buffer_free(&input);
}

static void
remember(const char *entry)
{
    (void)entry;
}

const struct editor *
edit_open_plain(const struct edit_client *its_client)
{
    static const struct editor editor = {show,    feed,        discard, resize,
                                         suspend, close_plain, remember};
    client = its_client;
    return &editor;
}
