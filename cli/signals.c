#include "cli/signals.h"

#include "cli/status.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

static struct session *_Atomic watched;
static atomic_bool interrupted;
static atomic_bool kept;
static int events[2] = {-1, -1}; /* read end, write end */

static bool
stops_statement(int number)
{
    return number == SIGINT || number == SIGTERM || number == SIGHUP;
}

static void
on_signal(int number)
{
    int error = errno;
    struct session *session = atomic_load(&watched);
    if (session && stops_statement(number)) {
        bool again = atomic_exchange(&interrupted, true);
        if (again && events[1] < 0 && !atomic_load(&kept)) {
            /* The fact base recovers from this by itself. */
            _exit(STATUS_INTERRUPTED);
        }
        session_interrupt(session);
    }
    if (events[1] >= 0) {
        unsigned char byte = (unsigned char)number;
        /* A full pipe holds enough events as it is. */
        ssize_t done = write(events[1], &byte, 1);
        (void)done;
    }
    errno = error;
}

static void
take(int number, void (*handler)(int))
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

/* Under nohup a hangup is to be ignored. */
static void
take_unless_ignored(int number, void (*handler)(int))
{
    struct sigaction before;
    bool ignored = number == SIGHUP && sigaction(number, NULL, &before) == 0 &&
                   before.sa_handler == SIG_IGN;
    if (!ignored) {
        take(number, handler);
    }
}

void
signals_start(void)
{
    take(SIGPIPE, SIG_IGN);
    take(SIGXFSZ,
         SIG_IGN); /* a file that may not grow is an error of writing */
}

void
signals_watch(struct session *session)
{
    if (session) {
        atomic_store(&interrupted, false);
    }
    atomic_store(&watched, session);
    if (events[1] < 0) {
        static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
            take_unless_ignored(numbers[i], session ? on_signal : SIG_DFL);
        }
    } else {
        /* Readline leaves the terminal as it found it while nothing is read,
         * so that the process may be stopped by default. */
        take(SIGTSTP, session ? SIG_DFL : on_signal);
    }
}

bool
signals_interrupted(void)
{
    return atomic_load(&interrupted);
}

void
signals_keep(bool keep)
{
    atomic_store(&kept, keep);
}

int
signals_open_events(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGWINCH};
    if (pipe(events) != 0) {
        return -1;
    }
    for (int i = 0; i < 2; i++) {
        fcntl(events[i], F_SETFD, FD_CLOEXEC);
        fcntl(events[i], F_SETFL, O_NONBLOCK);
    }
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        take(numbers[i], on_signal);
    }
    return events[0];
}

int
signals_next_event(void)
{
    unsigned char byte;
    return read(events[0], &byte, 1) == 1 ? byte : 0;
}

void
signals_suspend(void)
{
    take(SIGTSTP, SIG_DFL);
    raise(SIGTSTP);
    take(SIGTSTP, on_signal);
}
