/* A clock, a median, and the memory that was used at most. */
#ifndef TESTS_BENCH_TIMING_H
#define TESTS_BENCH_TIMING_H

#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

enum { TIMING_ROUNDS_MAX = 2000 };

static inline double
timing_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static inline int
timing_order(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Sorts VALUES, so that the least comes first. */
static inline double
timing_median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, timing_order);
    return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

/* KiB of this process. */
static inline long
timing_peak(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

#endif
