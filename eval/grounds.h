/* All figures that a value rests on, each once: those that its question reads,
 * the finer periods that they were worked out from, and where one follows from
 * a formula or a movement, what that reads in its turn.
 *
 * What was said of a figure is bound once more for this, on what was known on
 * its own day: so one walk goes through several plans.  Figures of any of them
 * are the same when they tell the same fact.
 */
#ifndef EVAL_GROUNDS_H
#define EVAL_GROUNDS_H

#include "eval/scope.h"

struct ground {
    unsigned depth; /* 0: the question itself reads it */
    /* The figure, as PLAN read it; NULL: it is the amount of FACT. */
    const struct plan *plan;
    const struct figure *figure;
    size_t cell; /* SIZE_MAX: it has none */
    int32_t when;
    size_t line;
    struct type type;
    bool is_part;  /* of the one before that is less deep */
    bool is_whole; /* worked out from the parts that come next */
    uint32_t node; /* and the row, unless it is a part */
    size_t period;
    /* Whose formula or movement it follows from; NULL: from none. */
    const struct derived *derived;
    const struct fact *fact; /* who said so, or stated it; NULL: nobody */
    struct fact found;       /* ... looked up, where the plan did not keep it */
};

struct grounds {
    struct session *session;
    void *context;
    void (*tell)(void *context, const struct ground *ground);
    size_t room;      /* for so many more */
    size_t left;      /* which had none */
    bool leaves_open; /* ... and what some of these rest on */
    struct index seen;
    unsigned depth;
};

/* Before the plan is run: its figures that may follow from others keep from
 * what. */
void grounds_want(struct plan *plan);

/* Tells what NODE rests on in a row, but for what was told before. */
void grounds_walk(struct grounds *grounds, const struct plan *plan,
                  uint32_t node, size_t period, size_t line);

/* Forgets what was told and left; there is ROOM again. */
void grounds_clear(struct grounds *grounds, size_t room);
void grounds_free(struct grounds *grounds);

/* Its name, "actual 2022 exports[KR]"; and its value: in words (with bounds,
 * "?" when nothing is known of it), with RESULT as such.  RESULT has a reason
 * that may be NULL. */
void ground_print(struct session *session, const struct ground *ground,
                  struct buffer *text);
void ground_value(struct session *session, const struct ground *ground,
                  struct result_value *result, struct buffer *text);

#endif
