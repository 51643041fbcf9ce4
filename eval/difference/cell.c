/* How two cells differ, in words for people and in statements for programs. */
#include "eval/difference/side.h"

/* Statements --------------------------------------------------------------- */

static void
add_word(const char *before, const char *word, struct buffer *text)
{
    buffer_add_text(text, *word ? before : "");
    buffer_add_text(text, word);
}

static void
add_day(const struct said *said, struct buffer *text)
{
    if (said->day != DAY_NONE || said->before_day) {
        buffer_add_text(text, " on ");
        fact_print_day(said->day, said->before_day, text);
    }
}

/* All that was said, with its day even where that is the day of the source. */
static void
add_annotated(const struct said *said, struct buffer *text)
{
    buffer_add_char(text, ' ');
    buffer_add_text(text, said->assertion);
    add_word(" by ", said->actor, text);
    add_word(" source ", said->source, text);
    add_day(said, text);
    buffer_add_text(text, said->notes);
}

/* The statements that say the same again. */
static void
add_statements(const struct said *said, const char *figure, struct buffer *text)
{
    buffer_clear(text);
    if (!said) {
        return;
    }
    buffer_add_text(text, said->context);
    buffer_add_text(text, *said->context ? "; " : "");
    buffer_add_text(text, figure);
    add_annotated(said, text);
    if (said->gone) {
        buffer_add_text(text, "; retract ");
        buffer_add_text(text, figure);
        buffer_add_text(text, said->gone);
    }
}

/* Sentences ---------------------------------------------------------------- */

/* What stands behind a figure that is there on one side only. */
static void
add_sentence(const struct said *said, struct buffer *text)
{
    add_annotated(said, text);
    add_word(" ", said->context, text);
    if (said->gone) {
        buffer_add_text(text, ", taken back");
        buffer_add_text(text, said->gone);
    }
}

/* In what the two sides of a restatement differ. */
struct differing {
    bool source;
    bool day;
    bool rest;
};

static bool
same_text(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

static struct differing
find_differing(const struct said *before, const struct said *after)
{
    return (struct differing){
        .source = !same_text(before->source, after->source),
        .day = before->day != after->day ||
               before->before_day != after->before_day,
        .rest = !same_text(before->notes, after->notes) ||
                !same_text(before->context, after->context) ||
                !before->gone != !after->gone ||
                !same_text(before->gone, after->gone),
    };
}

static void
add_value(const struct said *said, const struct differing *differing,
          struct buffer *text)
{
    bool equals = strncmp(said->assertion, "= ", 2) == 0;
    buffer_add_text(text, said->assertion + (equals ? 2 : 0));
    if (differing->source) {
        add_word(" source ", said->source, text);
    }
    if (differing->day) {
        bool dated = said->day != DAY_NONE || said->before_day;
        buffer_add_text(text, dated ? "" : ", undated");
        add_day(said, text);
    }
    if (differing->rest) {
        buffer_add_text(text, said->notes);
        add_word(" ", said->context, text);
        buffer_add_text(text, said->gone ? ", taken back" : "");
        buffer_add_text(text, said->gone ? said->gone : "");
    }
}

/* " by motie on 2024-01-05: 700B USD -> 690B USD": the speaker and the day of
 * both stand before, what differs on each side. */
static void
add_restated(const struct said *before, const struct said *after,
             struct buffer *text)
{
    struct differing differing = find_differing(before, after);
    add_word(" by ", after->actor, text);
    if (!differing.source) {
        add_word(" source ", after->source, text);
    }
    if (!differing.day) {
        add_day(after, text);
    }
    buffer_add_text(text, ": ");
    add_value(before, &differing, text);
    if (after->match == MATCH_MOVED) {
        buffer_add_text(text, ", in another order");
        return;
    }
    buffer_add_text(text, " -> ");
    add_value(after, &differing, text);
}

/* Telling ------------------------------------------------------------------ */

/* One of the two may be NULL.  What was taken back on one side only is gone, or
 * there again, and that side knows why. */
static void
tell_fact(struct comparison *comparison, const struct said *before,
          const struct said *after)
{
    const struct said *said = after ? after : before;
    bool gone = before && after && after->match == MATCH_GONE;
    bool restated = before && after && !gone;
    struct side *side = &comparison->sides[after ? 1 : 0];
    struct buffer figure = {0};
    struct buffer sentence = {0};
    struct buffer texts[2] = {{0}, {0}};
    export_print_figure(&side->words, &side->cell, &figure);
    add_statements(before, figure.text, &texts[0]);
    add_statements(after, figure.text, &texts[1]);
    if (restated) {
        add_restated(before, after, &sentence);
    } else {
        add_sentence(gone && before->gone ? before : said, &sentence);
    }
    bool added = gone ? before->gone != NULL : after != NULL;
    struct difference one = {
        .change = restated ? CHANGE_RESTATED
                  : added  ? CHANGE_ADDED
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

/* Those of the first side in their order, then what only the other has. */
void
comparison_tell_cell(struct comparison *comparison)
{
    struct side *before = &comparison->sides[0];
    struct side *after = &comparison->sides[1];
    sides_match(before, after);
    for (size_t i = 0; i < before->count; i++) {
        const struct said *said = &before->items[i];
        if (said->match != MATCH_SAME) {
            tell_fact(comparison, said,
                      said->match == MATCH_NONE ? NULL
                                                : &after->items[said->partner]);
        }
    }
    for (size_t i = 0; i < after->count; i++) {
        if (after->items[i].match == MATCH_NONE) {
            tell_fact(comparison, NULL, &after->items[i]);
        }
    }
    side_forget_cell(before);
    side_forget_cell(after);
}
