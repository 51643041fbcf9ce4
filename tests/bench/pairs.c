/*
 * Runs two commands in turns, A B A B, and tells how long they took.
 *
 *     pairs ROUNDS [-r FILE]... -- COMMAND... -- [COMMAND...]
 *
 * FILE is removed before each run.  Standard output goes to /dev/null.  Prints
 * one line: median seconds, least seconds and peak KiB of A, the same of B, and
 * the median of the ratios A / B of each round; `-` for B when there is none.
 * The first round warms and does not count.
 */
#define _DEFAULT_SOURCE
#include "tests/bench/timing.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FILES_MAX = 8 };

static double seconds[2][TIMING_ROUNDS_MAX];
static double ratios[TIMING_ROUNDS_MAX];
static long peak[2];

static int
run(char **command, double *took, long *memory)
{
    struct rusage usage;
    int status;
    double start = timing_now();
    pid_t child = vfork();
    if (child == 0) {
        int null = open("/dev/null", O_RDWR);
        dup2(null, STDIN_FILENO);
        dup2(null, STDOUT_FILENO);
        execvp(command[0], command);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) != child) {
        perror("pairs");
        return 1;
    }
    *took = timing_now() - start;
    *memory = usage.ru_maxrss > *memory ? usage.ru_maxrss : *memory;
    if (status != 0) {
        fprintf(stderr, "pairs: %s failed\n", command[0]);
    }
    return status != 0;
}

int
main(int argc, char **argv)
{
    char *files[FILES_MAX];
    int file_count = 0;
    char **commands[2] = {NULL, NULL};
    int rounds = argc > 1 ? atoi(argv[1]) : 0;
    int at = 2;
    for (;
         at + 1 < argc && strcmp(argv[at], "-r") == 0 && file_count < FILES_MAX;
         at += 2) {
        files[file_count++] = argv[at + 1];
    }
    for (int i = 0; i < 2 && at < argc && strcmp(argv[at], "--") == 0; i++) {
        argv[at++] = NULL;
        commands[i] = at < argc ? &argv[at] : NULL;
        while (at < argc && strcmp(argv[at], "--") != 0) {
            at++;
        }
    }
    if (rounds < 1 || rounds > TIMING_ROUNDS_MAX || !commands[0] ||
        !commands[0][0]) {
        fputs("usage: pairs ROUNDS [-r FILE]... -- COMMAND... -- "
              "[COMMAND...]\n",
              stderr);
        return 2;
    }
    int sides = commands[1] && commands[1][0] ? 2 : 1;
    for (int round = -1; round < rounds; round++) {
        for (int side = 0; side < sides; side++) {
            double took;
            for (int i = 0; i < file_count; i++) {
                unlink(files[i]);
            }
            if (run(commands[side], &took, &peak[side])) {
                return 1;
            }
            if (round >= 0) {
                seconds[side][round] = took;
            }
        }
        if (round >= 0 && sides == 2) {
            ratios[round] = seconds[0][round] / seconds[1][round];
        }
    }
    for (int side = 0; side < 2; side++) {
        if (side < sides) {
            double middle = timing_median(seconds[side], rounds);
            printf("%.6f %.6f %ld ", middle, seconds[side][0], peak[side]);
        } else {
            fputs("- - - ", stdout);
        }
    }
    if (sides == 2) {
        printf("%.4f\n", timing_median(ratios, rounds));
    } else {
        puts("-");
    }
    return 0;
}
