/* The bounds of statistics hold whatever the numbers are within theirs: random
 * boxes, random points and all corners of them. */
#include "eval/plan/plan.h"

#include <check.h>

enum { MOST = 6, BOXES = 3000, POINTS_EACH = 40 };

struct box {
    double low[MOST];
    double high[MOST];
    size_t count;
};

static uint64_t state = 1;

/* From 0 to below 1 (xorshift64*, Marsaglia 2003 and Vigna 2016). */
static double
chance(void)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (double)((state * 2685821657736338717u) >> 11) / 9007199254740992.0;
}

static struct box
random_box(void)
{
    struct box box = {.count = 1 + (size_t)(chance() * MOST)};
    double width = chance() < 0.5 ? 0.1 : 5;
    for (size_t i = 0; i < box.count; i++) {
        double middle = chance() * 10 - 5;
        double half = chance() < 0.2 ? 0 : width * chance();
        box.low[i] = middle - half;
        box.high[i] = middle + half;
    }
    return box;
}

static struct interval
bounds_of(enum plan_op op, struct box box)
{
    struct bounded all = {box.low, box.high, box.count};
    return statistic_bounds(op, &all, 0.3);
}

static double
at_point(enum plan_op op, const struct box *box, const double *point)
{
    double copy[MOST];
    memcpy(copy, point, box->count * sizeof *copy);
    return statistic(op, copy, box->count, 0.3);
}

static void
expect_inside(double value, struct interval bounds)
{
    double noise = 1e-9;
    ck_assert_double_ge(value, bounds.low - noise);
    ck_assert_double_le(value, bounds.high + noise);
}

/* The least and the greatest value at a corner; all of them are inside. */
static struct interval
over_corners(enum plan_op op, const struct box *box, struct interval bounds)
{
    struct interval found = {INFINITY, -INFINITY};
    for (size_t corner = 0; corner < (size_t)1 << box->count; corner++) {
        double point[MOST];
        for (size_t i = 0; i < box->count; i++) {
            point[i] = corner >> i & 1 ? box->high[i] : box->low[i];
        }
        double value = at_point(op, box, point);
        expect_inside(value, bounds);
        found.low = fmin(found.low, value);
        found.high = fmax(found.high, value);
    }
    return found;
}

static bool
has_value(enum plan_op op, const struct box *box)
{
    bool sample = op == PLAN_VAR_SAMP || op == PLAN_STDDEV_SAMP;
    return box->count > (sample ? 1 : 0);
}

START_TEST(bounds_hold_everywhere)
{
    for (int op = PLAN_MEDIAN; op <= PLAN_RMS; op++) {
        for (int i = 0; i < BOXES; i++) {
            struct box box = random_box();
            if (!has_value((enum plan_op)op, &box)) {
                continue;
            }
            struct interval bounds = bounds_of((enum plan_op)op, box);
            over_corners((enum plan_op)op, &box, bounds);
            for (int k = 0; k < POINTS_EACH; k++) {
                double point[MOST];
                for (size_t j = 0; j < box.count; j++) {
                    point[j] =
                        box.low[j] + chance() * (box.high[j] - box.low[j]);
                }
                expect_inside(at_point((enum plan_op)op, &box, point), bounds);
            }
        }
    }
}
END_TEST

/* Too wide by no more than is promised: the mean of the squared half-widths,
 * over the number of them. */
START_TEST(greatest_variance_is_near)
{
    for (int i = 0; i < BOXES; i++) {
        struct box box = random_box();
        struct interval bounds = bounds_of(PLAN_VAR_POP, box);
        struct interval corners = over_corners(PLAN_VAR_POP, &box, bounds);
        double excess = 0;
        for (size_t k = 0; k < box.count; k++) {
            double half = (box.high[k] - box.low[k]) / 2;
            excess += half * half;
        }
        excess /= (double)(box.count * box.count);
        ck_assert_double_le(bounds.high, corners.high + excess + 1e-9);
    }
}
END_TEST

/* The least one is taken where each number is as near to one centre as it can
 * be; a fine grid of centres finds none below it, and one that is as low. */
START_TEST(least_variance_is_reached)
{
    for (int i = 0; i < BOXES / 10; i++) {
        struct box box = random_box();
        struct interval bounds = bounds_of(PLAN_VAR_POP, box);
        double least = INFINITY;
        for (double centre = -10; centre <= 10; centre += 0.002) {
            double point[MOST];
            for (size_t k = 0; k < box.count; k++) {
                point[k] = fmin(fmax(centre, box.low[k]), box.high[k]);
            }
            least = fmin(least, at_point(PLAN_VAR_POP, &box, point));
        }
        ck_assert_double_ge(least, bounds.low - 1e-9);
        ck_assert_double_le(least, bounds.low + 1e-4);
    }
}
END_TEST

START_TEST(others_are_reached)
{
    const enum plan_op ops[] = {PLAN_MEDIAN, PLAN_QUANTILE};
    for (int i = 0; i < BOXES; i++) {
        struct box box = random_box();
        for (size_t k = 0; k < 2; k++) {
            struct interval bounds = bounds_of(ops[k], box);
            struct interval corners = over_corners(ops[k], &box, bounds);
            ck_assert_double_eq_tol(bounds.low, corners.low, 1e-9);
            ck_assert_double_eq_tol(bounds.high, corners.high, 1e-9);
        }
        struct interval bounds = bounds_of(PLAN_RMS, box);
        struct interval corners = over_corners(PLAN_RMS, &box, bounds);
        ck_assert_double_eq_tol(bounds.high, corners.high, 1e-9);
    }
}
END_TEST

START_TEST(open_ends_stay_open)
{
    double low[] = {1, 5};
    double high[] = {2, INFINITY};
    struct bounded all = {low, high, 2};
    struct interval ends = statistic_bounds(PLAN_VAR_POP, &all, 0);
    ck_assert_double_eq_tol(ends.low, 2.25, 1e-12); /* of 2 and 5 */
    ck_assert(isinf(ends.high));
    low[0] = -INFINITY;
    ends = statistic_bounds(PLAN_STDDEV_SAMP, &all, 0);
    ck_assert(ends.low > 0 && isinf(ends.high));
    low[1] = -INFINITY;
    ends = statistic_bounds(PLAN_STDDEV_POP, &all, 0);
    ck_assert(ends.low == 0 && isinf(ends.high));
    all.count = 1;
    ck_assert(isnan(statistic_bounds(PLAN_VAR_SAMP, &all, 0).low));
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("plan");
    TCase *cases = tcase_create("spread");
    tcase_add_test(cases, bounds_hold_everywhere);
    tcase_add_test(cases, greatest_variance_is_near);
    tcase_add_test(cases, least_variance_is_reached);
    tcase_add_test(cases, others_are_reached);
    tcase_add_test(cases, open_ends_stay_open);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
