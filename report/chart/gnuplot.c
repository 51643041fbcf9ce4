/* Running gnuplot: a script in, a picture out, and no shell between.
 *
 * The script is a file without a name that is the standard input of gnuplot, so
 * that neither waits for the other; what it writes is read to its end. */
#include "report/chart/chart.h"

#include "base/arena.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { READ_BLOCK = 64 * 1024 };

/* A run of gnuplot. */
struct run {
    FILE *script;   /* owned; NULL when it could not be made */
    FILE *messages; /* owned; what gnuplot complains about */
    int pipe[2];    /* -1 once closed */
    pid_t child;
};

static bool
fail(struct result_chart *file, const char *what)
{
    snprintf(file->problem, sizeof file->problem, "%s", what);
    return false;
}

static void
close_end(struct run *run, int end)
{
    if (run->pipe[end] >= 0) {
        close(run->pipe[end]);
        run->pipe[end] = -1;
    }
}

static bool
prepare(struct run *run, struct slice script)
{
    *run = (struct run){.pipe = {-1, -1}};
    run->script = tmpfile();
    run->messages = tmpfile();
    if (!run->script || !run->messages || pipe(run->pipe) != 0) {
        return false;
    }
    fcntl(run->pipe[0], F_SETFD, FD_CLOEXEC);
    fcntl(run->pipe[1], F_SETFD, FD_CLOEXEC);
    return fwrite(script.at, 1, script.len, run->script) == script.len &&
           fflush(run->script) == 0 &&
           lseek(fileno(run->script), 0, SEEK_SET) == 0;
}

static void
clean_up(struct run *run)
{
    close_end(run, 0);
    close_end(run, 1);
    if (run->script) {
        fclose(run->script);
    }
    if (run->messages) {
        fclose(run->messages);
    }
}

/* Nothing of the surroundings that changes a picture or a number. */
static bool
is_passed_on(const char *variable)
{
    return strncmp(variable, "LC_", 3) != 0 &&
           strncmp(variable, "LANG", 4) != 0 &&
           strncmp(variable, "GNU", 3) != 0 && strncmp(variable, "TZ=", 3) != 0;
}

static char **
make_environment(void)
{
    static char locale[] = "LC_ALL=C";
    size_t count = 0;
    size_t kept = 0;
    while (environ[count]) {
        count++;
    }
    char **list = memory_alloc((count + 2) * sizeof *list);
    for (size_t i = 0; i < count; i++) {
        if (is_passed_on(environ[i])) {
            list[kept++] = environ[i];
        }
    }
    list[kept++] = locale;
    list[kept] = NULL;
    return list;
}

/* Starts gnuplot; returns 0 or errno. */
static int
start(struct run *run)
{
    static char name[] = "gnuplot";
    static char plain[] = "--default-settings";
    char *arguments[] = {name, plain, NULL};
    char **environment = make_environment();
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t usual;
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, fileno(run->script), 0);
    posix_spawn_file_actions_adddup2(&actions, run->pipe[1], 1);
    posix_spawn_file_actions_adddup2(&actions, fileno(run->messages), 2);
    int error = posix_spawnp(&run->child, name, &actions, &attributes,
                             arguments, environment);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    free(environment);
    return error;
}

/* Hands over what gnuplot writes; false when it was nothing, or could not be
 * taken. */
static bool
pass_on(struct run *run, struct result_chart *file)
{
    char *block = memory_alloc(READ_BLOCK);
    size_t total = 0;
    bool going = true;
    ssize_t len = 1;
    while (len > 0) {
        len = read(run->pipe[0], block, READ_BLOCK);
        if (len < 0 && errno == EINTR) {
            len = 1;
        } else if (len > 0) {
            total += (size_t)len;
            going = going && file->write(file->context, block, (size_t)len);
        }
    }
    free(block);
    return going && total > 0;
}

/* The first line that gnuplot wrote as a message and that says something. */
static void
take_message(struct run *run, struct result_chart *file)
{
    char line[sizeof file->problem];
    rewind(run->messages);
    fail(file, "gnuplot failed");
    while (fgets(line, sizeof line, run->messages)) {
        size_t start = strspn(line, " \t^");
        size_t len = strcspn(line + start, "\n");
        if (len) {
            snprintf(file->problem, sizeof file->problem, "gnuplot says: %.*s",
                     (int)(len < 200 ? len : 200), line + start);
        }
    }
}

bool
chart_run_gnuplot(struct slice script, struct result_chart *file)
{
    struct run run;
    int status = 0;
    if (!prepare(&run, script)) {
        fail(file, strerror(errno));
        clean_up(&run);
        return false;
    }
    int error = start(&run);
    if (error) {
        file->lacks_program = error == ENOENT;
        fail(file, error == ENOENT
                       ? "gnuplot, which draws such files, is not installed"
                       : "gnuplot cannot be run");
        clean_up(&run);
        return false;
    }
    close_end(&run, 1);
    bool passed = pass_on(&run, file);
    while (waitpid(run.child, &status, 0) < 0 && errno == EINTR) {
    }
    bool good = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (!good || !passed) {
        take_message(&run, file);
    }
    clean_up(&run);
    return good && passed;
}
