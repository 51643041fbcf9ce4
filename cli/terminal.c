#include "cli/terminal.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

void
terminal_size(int fd, size_t *columns, size_t *rows)
{
    struct winsize size = {0};
    bool known = ioctl(fd, TIOCGWINSZ, &size) == 0;
    *columns = known ? size.ws_col : 0;
    *rows = known ? size.ws_row : 0;
}

bool
terminal_is_rich(void)
{
    const char *term = getenv("TERM");
    return term && *term && strcmp(term, "dumb") != 0;
}

/* A variable that is set, and not to nothing or 0. */
static bool
is_on(const char *name)
{
    const char *value = getenv(name);
    return value && *value && strcmp(value, "0") != 0;
}

bool
terminal_has_color(enum color_mode mode, int fd)
{
    const char *no_color = getenv("NO_COLOR");
    const char *wish = getenv("CLICOLOR");
    if (mode != COLOR_AUTO) {
        return mode == COLOR_ALWAYS;
    }
    if (no_color && *no_color) {
        return false;
    }
    if (is_on("CLICOLOR_FORCE") || is_on("FORCE_COLOR")) {
        return true;
    }
    if (wish && strcmp(wish, "0") == 0) {
        return false;
    }
    return terminal_is_rich() && isatty(fd);
}
