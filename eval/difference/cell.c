/* How two cells differ.
 *
 * Facts that stand on both sides in the same order are the same.  Of the others,
 * one that was taken back on one side only is withdrawn, or added again; what
 * one speaker says on each side is restated; the rest was withdrawn or added.
 */
#include "eval/difference/side.h"

/* Telling ---------------------------------------------------------------------- */

static const char *
sign_of(const char *value)
{
    bool signed_ = strncmp(value, ">= ", 3) == 0 ||
                   strncmp(value, "<= ", 3) == 0 ||
                   strncmp(value, "in ", 3) == 0;
    return signed_ ? " " : " = ";
}

static void
add_speaker(const struct said *said, struct buffer *text)
{
    buffer_add_text(text, *said->actor ? " by " : "");
    buffer_add_text(text, said->actor);
}

static void
add_sentence(const struct said *said, struct buffer *text)
{
    buffer_add_text(text, sign_of(said->value));
    buffer_add_text(text, said->value);
    add_speaker(said, text);
    buffer_add_text(text, said->more);
}

/* What was said before and after: the values, where they differ; else all that
 * was said besides, too. */
static void
add_change(const struct said *before, const struct said *after,
           struct buffer *texts)
{
    bool same = before && after && strcmp(before->value, after->value) == 0;
    const struct said *both[2] = {before, after};
    for (int i = 0; i < 2; i++) {
        buffer_clear(&texts[i]);
        buffer_add_text(&texts[i], both[i] ? both[i]->value : "");
        buffer_add_text(&texts[i], same ? both[i]->more : "");
    }
    if (same && strcmp(before->more, after->more) == 0) {
        buffer_add_text(&texts[1], ", in another order");
    }
}

static void
add_restated(const struct said *before, const struct said *after,
             const struct buffer *texts, struct buffer *text)
{
    add_speaker(after, text);
    buffer_add_text(text, ": ");
    buffer_add_slice(text, buffer_slice(&texts[0]));
    buffer_add_text(text, " -> ");
    buffer_add_slice(text, buffer_slice(&texts[1]));
    bool same = strcmp(before->value, after->value) == 0;
    if (!same && after->day != before->day && after->day != DAY_NONE) {
        buffer_add_text(text, " on ");
        fact_print_day(after->day, after->before_day, text);
    }
}

/* One of the two may be NULL. */
static void
tell_fact(struct comparison *comparison, const struct said *before,
          const struct said *after)
{
    bool restated = before && after;
    struct side *side = &comparison->sides[after ? 1 : 0];
    const struct said *said = after ? after : before;
    struct buffer figure = {0};
    struct buffer sentence = {0};
    struct buffer texts[2] = {{0}, {0}};
    export_print_figure(&side->words, &side->cell, &figure);
    add_change(before, after, texts);
    if (restated) {
        add_restated(before, after, texts, &sentence);
    } else {
        add_sentence(said, &sentence);
    }
    struct difference one = {
        .change = restated ? CHANGE_RESTATED
                  : after  ? CHANGE_ADDED
                           : CHANGE_WITHDRAWN,
        .figure = figure.text,
        .actor = said->actor,
        .day = said->day,
        .before_day = said->before_day,
        .before = texts[0].text,
        .after = texts[1].text,
        .sentence = sentence.text,
    };
    comparison_tell(comparison, &one);
    buffer_free(&figure);
    buffer_free(&sentence);
    buffer_free(&texts[0]);
    buffer_free(&texts[1]);
}

/* Matching ---------------------------------------------------------------------- */

static bool
same_words(const struct said *a, const struct said *b)
{
    return strcmp(a->value, b->value) == 0 && strcmp(a->actor, b->actor) == 0 &&
           strcmp(a->more, b->more) == 0;
}

/* Facts that are on both sides, in the same order. */
static void
match_same(struct side *before, struct side *after)
{
    size_t from = 0;
    for (size_t i = 0; i < before->count; i++) {
        for (size_t k = from;
             k < after->count && after->items[k].day <= before->items[i].day;
             k++) {
            if (same_words(&before->items[i], &after->items[k])) {
                before->items[i].settled = after->items[k].settled = true;
                from = k + 1;
                break;
            }
        }
    }
}

/* Without an actor it is the source that speaks. */
static bool
same_speaker(const struct said *a, const struct said *b)
{
    return strcmp(a->actor, b->actor) == 0 &&
           (*a->actor || slice_equal(a->source, b->source));
}

/* The same fact, taken back on one side only, is gone, or there again; it is the
 * side on which it was taken back that knows why. */
static bool
tell_gone(struct comparison *comparison, const struct said *before,
          const struct said *after)
{
    bool same = before->gone != after->gone && before->day == after->day &&
                strcmp(before->value, after->value) == 0;
    if (same && after->gone) {
        tell_fact(comparison, after, NULL);
    } else if (same) {
        tell_fact(comparison, NULL, after);
    }
    return same;
}

/* What one speaker says instead of something else. */
static void
match_restated(struct comparison *comparison)
{
    struct side *before = &comparison->sides[0];
    struct side *after = &comparison->sides[1];
    for (int gone = 1; gone >= 0; gone--) {
        for (size_t i = 0; i < before->count; i++) {
            for (size_t k = 0; k < after->count && !before->items[i].settled;
                 k++) {
                struct said *left = &before->items[i];
                struct said *right = &after->items[k];
                if (right->settled || !same_speaker(left, right)) {
                    continue;
                }
                bool told = gone && tell_gone(comparison, left, right);
                if (!gone) {
                    tell_fact(comparison, left, right);
                }
                left->settled = right->settled = told || !gone;
            }
        }
    }
}

/* A later word of a speaker who has spoken before is a restatement. */
static void
tell_added(struct comparison *comparison, size_t at)
{
    struct side *side = &comparison->sides[1];
    const struct said *earlier = NULL;
    for (size_t i = 0; i < at; i++) {
        bool speaks = !side->items[i].gone &&
                      same_speaker(&side->items[i], &side->items[at]);
        earlier = speaks ? &side->items[i] : earlier;
    }
    tell_fact(comparison, earlier, &side->items[at]);
}

void
comparison_tell_cell(struct comparison *comparison)
{
    struct side *before = &comparison->sides[0];
    struct side *after = &comparison->sides[1];
    match_same(before, after);
    match_restated(comparison);
    for (size_t i = 0; i < before->count; i++) {
        if (!before->items[i].settled) {
            tell_fact(comparison, &before->items[i], NULL);
        }
    }
    for (size_t i = 0; i < after->count; i++) {
        if (!after->items[i].settled) {
            tell_added(comparison, i);
        }
    }
    side_forget_cell(before);
    side_forget_cell(after);
}
