#include "cli/progress.h"

#include "cli/terminal.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

static atomic_bool shown;
static time_t begun;
static bool running;

/* By hand, since a signal handler may not call printf. */
static size_t
write_number(char *at, unsigned number)
{
    char digits[12];
    size_t len = 0;
    do {
        digits[len++] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    for (size_t i = 0; i < len; i++) {
        at[i] = digits[len - 1 - i];
    }
    return len;
}

static void
put(const char *text, size_t len)
{
    ssize_t done = write(STDERR_FILENO, text, len);
    (void)done;
}

static void
on_alarm(int number)
{
    static const char before[] = "\rworking: ";
    static const char after[] = " s; Ctrl-C stops it ";
    char line[sizeof before + sizeof after + 12];
    size_t len = sizeof before - 1;
    int error = errno;
    struct timespec now = {0};
    (void)number;
    clock_gettime(CLOCK_MONOTONIC, &now);
    memcpy(line, before, len);
    len += write_number(line + len, (unsigned)(now.tv_sec - begun));
    memcpy(line + len, after, sizeof after - 1);
    put(line, len + sizeof after - 1);
    atomic_store(&shown, true);
    alarm(1);
    errno = error;
}

void
progress_start(void)
{
    if (!isatty(STDERR_FILENO) || !terminal_is_rich()) {
        return;
    }
    struct sigaction action = {.sa_handler = on_alarm, .sa_flags = SA_RESTART};
    struct timespec now = {0};
    sigemptyset(&action.sa_mask);
    sigaction(SIGALRM, &action, NULL);
    clock_gettime(CLOCK_MONOTONIC, &now);
    begun = now.tv_sec;
    running = true;
    alarm(1);
}

void
progress_erase(void)
{
    static const char erase[] = "\r\033[K";
    if (!running) {
        return;
    }
    alarm(0);
    if (atomic_exchange(&shown, false)) {
        put(erase, sizeof erase - 1);
    }
    alarm(1);
}

void
progress_stop(void)
{
    progress_erase();
    if (running) {
        alarm(0);
        running = false;
    }
}
