/*
 * Runs commands in turns, A B C A B C, and tells how long they took.
 *
 *     turns ROUNDS [-r FILE]... [-o PREFIX] -- COMMAND... [-- COMMAND...]...
 *
 * FILE is removed before each round.  Standard output goes to /dev/null; what
 * the first round prints goes to PREFIX.1, PREFIX.2 and so on, if PREFIX is
 * given.  The first round warms and does not count.
 *
 * Prints a line for each command: median seconds, least seconds, peak KiB, and
 * the median of the ratios of A to it in each round; `-` for what is not known.
 * An empty command is one that is not installed; one that fails is asked no
 * more, and its line begins with `failed`.
 */
#define _DEFAULT_SOURCE
#include "tests/bench/timing.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FILES_MAX = 8, SIDES_MAX = 4, PATH_LEN = 4096 };

struct side {
    char **command; /* empty if it is not installed */
    bool failed;
    long peak;
    double seconds[TIMING_ROUNDS_MAX];
    double ratios[TIMING_ROUNDS_MAX]; /* of the first side to this one */
};

static struct side sides[SIDES_MAX];
static int side_count;
static const char *files[FILES_MAX];
static int file_count;
static const char *prefix; /* or NULL */

static bool
run(struct side *side, const char *output, double *took)
{
    struct rusage usage;
    int status;
    double start = timing_now();
    pid_t child = vfork();
    if (child == 0) {
        int in = open("/dev/null", O_RDONLY);
        int out = open(output, O_WRONLY | O_CREAT | O_TRUNC, 0666);
        dup2(in, STDIN_FILENO);
        dup2(out, STDOUT_FILENO);
        execvp(side->command[0], side->command);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) != child) {
        perror("turns");
        return false;
    }
    *took = timing_now() - start;
    side->peak = usage.ru_maxrss > side->peak ? usage.ru_maxrss : side->peak;
    if (status != 0) {
        fprintf(stderr, "turns: %s failed\n", side->command[0]);
    }
    return status == 0;
}

/* Round -1 warms. */
static void
run_round(int round)
{
    double first = 0;
    for (int i = 0; i < file_count; i++) {
        unlink(files[i]);
    }
    for (int i = 0; i < side_count; i++) {
        struct side *side = &sides[i];
        char output[PATH_LEN] = "/dev/null";
        double took;
        if (!side->command[0] || side->failed) {
            continue;
        }
        if (round < 0 && prefix) {
            snprintf(output, sizeof output, "%s.%d", prefix, i + 1);
        }
        if (!run(side, output, &took)) {
            side->failed = true;
            continue;
        }
        first = i == 0 ? took : first;
        if (round >= 0) {
            side->seconds[round] = took;
            side->ratios[round] = first / took;
        }
    }
}

static void
print_side(struct side *side, int rounds)
{
    if (!side->command[0] || side->failed) {
        printf("%s - - -\n", side->failed ? "failed" : "-");
        return;
    }
    double middle = timing_median(side->seconds, rounds);
    printf("%.6f %.6f %ld ", middle, side->seconds[0], side->peak);
    if (!sides[0].command[0] || sides[0].failed) {
        puts("-");
    } else {
        printf("%.4f\n", timing_median(side->ratios, rounds));
    }
}

int
main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : 0;
    int at = 2;
    for (; at + 1 < argc && file_count < FILES_MAX; at += 2) {
        if (strcmp(argv[at], "-r") == 0) {
            files[file_count++] = argv[at + 1];
        } else if (strcmp(argv[at], "-o") == 0) {
            prefix = argv[at + 1];
        } else {
            break;
        }
    }
    while (at < argc && strcmp(argv[at], "--") == 0 && side_count < SIDES_MAX) {
        argv[at++] = NULL; /* the end of the command before it */
        sides[side_count++].command = &argv[at];
        while (at < argc && strcmp(argv[at], "--") != 0) {
            at++;
        }
    }
    if (rounds < 1 || rounds > TIMING_ROUNDS_MAX || side_count == 0 ||
        at < argc) {
        fputs("usage: turns ROUNDS [-r FILE]... [-o PREFIX] -- COMMAND... "
              "[-- COMMAND...]...\n",
              stderr);
        return 2;
    }
    for (int round = -1; round < rounds; round++) {
        run_round(round);
    }
    for (int i = 0; i < side_count; i++) {
        print_side(&sides[i], rounds);
    }
    return 0;
}
