#include "cli/progress.h"

#include "cli/terminal.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { WHOLE = 1000 * 1000, SHARE_SHOWN = WHOLE / 100, LINE_MAX_LEN = 120 };

/* What the handler reads is atomic; the rest is written before the first alarm
 * and stands.  */
static atomic_bool shown;
static atomic_uint share;    /* of WHOLE; 0: not known */
static atomic_uint share_ms; /* when the work that it is of began */
static struct timespec begun;
static bool running;

/* Appends a text, and a number, by hand: a signal handler may not call printf.
 */
static size_t
put_text(char *line, size_t len, const char *text)
{
    size_t more = strlen(text);
    memcpy(line + len, text, more);
    return len + more;
}

static size_t
put_number(char *line, size_t len, unsigned number)
{
    char digits[12];
    size_t count = 0;
    do {
        digits[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    while (count) {
        line[len++] = digits[--count];
    }
    return len;
}

static size_t
put_duration(char *line, size_t len, unsigned seconds)
{
    if (seconds < 120) {
        return put_text(line, put_number(line, len, seconds), " s");
    }
    return put_text(line, put_number(line, len, (seconds + 30) / 60), " min");
}

static void
put(const char *text, size_t len)
{
    ssize_t done = write(STDERR_FILENO, text, len);
    (void)done;
}

static unsigned
elapsed_ms(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (unsigned)((now.tv_sec - begun.tv_sec) * 1000 +
                      (now.tv_nsec - begun.tv_nsec) / 1000000);
}

static void
on_alarm(int number)
{
    char line[LINE_MAX_LEN];
    int error = errno;
    unsigned now = elapsed_ms();
    unsigned done = atomic_load(&share);
    unsigned since = now - atomic_load(&share_ms);
    size_t len = put_text(line, 0, "\rworking: ");
    (void)number;
    len = put_duration(line, len, now / 1000);
    if (done) {
        len = put_text(line, len, ", ");
        len = put_number(line, len, done / (WHOLE / 100));
        len = put_text(line, len, "%");
    }
    if (done >= SHARE_SHOWN) { /* before that an estimate says nothing */
        uint64_t left = (uint64_t)since * (WHOLE - done) / done;
        len = put_text(line, len, ", about ");
        len = put_duration(line, len, (unsigned)((left + 999) / 1000));
        len = put_text(line, len, " left");
    }
    len = put_text(line, len, "; Ctrl-C stops it \033[K");
    put(line, len);
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
    sigemptyset(&action.sa_mask);
    sigaction(SIGALRM, &action, NULL);
    clock_gettime(CLOCK_MONOTONIC, &begun);
    atomic_store(&share, 0);
    running = true;
    alarm(1);
}

void
progress_tell(void *context, uint64_t done, uint64_t total)
{
    unsigned before = atomic_load(&share);
    unsigned part = 0;
    (void)context;
    if (!running) {
        return;
    }
    if (total) {
        double of = (double)done / (double)total;
        part = of < 1 ? (unsigned)(of * WHOLE) : WHOLE;
    }
    if (part < before || before == 0) { /* other work begins */
        atomic_store(&share, 0);
        atomic_store(&share_ms, elapsed_ms());
    }
    atomic_store(&share, part);
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
