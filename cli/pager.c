#include "cli/pager.h"

#include "base/buffer.h"
#include "cli/signals.h"
#include "cli/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *
pager_command(void)
{
    const char *own = getenv("PAGER");
    return own ? own : "less -SRFX";
}

/* Is there a program called NAME in one of the folders of PATH? */
static bool
is_program(struct slice name)
{
    const char *path = getenv("PATH");
    struct buffer file = {0};
    bool found = false;
    bool has_folder = memchr(name.at, '/', name.len) != NULL;
    if (!path || has_folder) {
        path = "";
    }
    for (bool more = true; more && !found;) {
        size_t len = strcspn(path, ":");
        buffer_clear(&file);
        if (!has_folder) {
            buffer_add(&file, len ? path : ".", len ? len : 1);
            buffer_add_char(&file, '/');
        }
        buffer_add_slice(&file, name);
        found = access(file.text, X_OK) == 0;
        more = path[len] == ':';
        path += len + more;
    }
    buffer_free(&file);
    return found;
}

bool
pager_exists(void)
{
    const char *command = pager_command();
    command += strspn(command, " ");
    struct slice name = {command, strcspn(command, " ")};
    return name.len && !slice_is(name, "cat") && terminal_is_rich() &&
           is_program(name);
}

static void
run_pager(int input, int other)
{
    signal(SIGINT, SIG_DFL);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGALRM, SIG_DFL);
    dup2(input, STDIN_FILENO);
    close(input);
    close(other);
    execl("/bin/sh", "sh", "-c", pager_command(), (char *)NULL);
    _exit(127);
}

pid_t
pager_start(int *fd)
{
    int ends[2];
    if (pipe(ends) != 0) {
        return 0;
    }
    pid_t pager = fork();
    if (pager == 0) {
        run_pager(ends[0], ends[1]);
    }
    close(ends[0]);
    if (pager < 0) {
        close(ends[1]);
        return 0;
    }
    signals_keep(true);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    *fd = ends[1];
    return pager;
}

void
pager_finish(pid_t pager, int fd)
{
    int status;
    close(fd);
    while (waitpid(pager, &status, 0) < 0 && errno == EINTR) {
    }
    signals_keep(false);
}
