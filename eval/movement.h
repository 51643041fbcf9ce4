/* What is said of a change beside a figure, held against what was known when
 * it was said: `644.5B up 25.8% from 2020`, `record`.
 *
 * One step deep: a movement is held against figures that are stated, or that
 * follow from a formula; what only other movements imply says nothing.
 */
#ifndef EVAL_MOVEMENT_H
#define EVAL_MOVEMENT_H

#include "eval/scope.h"

/* Best first; of several things said of a figure the worst counts. */
enum movement_verdict {
    MOVEMENT_CONSISTENT,  /* the figures as printed reproduce it */
    MOVEMENT_ROUNDING,    /* only what their rounding leaves open does */
    MOVEMENT_COARSE,      /* their rounding swallows it */
    MOVEMENT_CANNOT_TELL, /* something is missing */
    MOVEMENT_INCONSISTENT,
};

/* "consistent", "consistent within rounding", "too coarse to test", "cannot
 * tell", "inconsistent". */
const char *movement_word(enum movement_verdict verdict);

struct movement {
    enum movement_verdict verdict;
    const char *said;    /* "up 25.8% from 2020" */
    const char *because; /* in words, with the figures; both in the scratch */
    struct plan plan;    /* with the figure it was held against */
    uint32_t reference;  /* its node; UINT32_MAX: none */
};

/* Is anything said of the change of this fact beside its value? */
bool movement_is_said(const struct fact *fact);

/* Judges what FACT says; false when the base failed.  To be closed. */
bool movement_judge(struct session *session, const struct fact *fact,
                    struct movement *movement);

/* Also of one that is all zeros; then nothing is said. */
void movement_close(struct movement *movement);

/* movement_nearest.c: the figure nearest to FACT, which is known as LEVEL, that
 * agrees with WANTED when it is written with as many digits (or with as few more
 * as it takes) and rounded as the fact is; in base units.  LEVEL and WANTED do
 * not meet. */
double movement_nearest(const struct vocabulary *vocabulary,
                        const struct fact *fact, struct interval level,
                        struct interval wanted);

#endif
