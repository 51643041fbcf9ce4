/* A fact as the store keeps it: one row of the hot table.
 *
 * The key is packed into two words, so that facts sort and compare as numbers
 * in the order of the table: metric, frequency, kind, period; line, day; and
 * the record number behind them.
 */
#ifndef STORE_FACT_H
#define STORE_FACT_H

#include "values/decimal.h"
#include "values/interval.h"
#include "values/period.h"

/* How the number of a fact is to be read, beside its digits.  Stored. */
enum fact_form {
    FORM_AT_LEAST = 1,  /* >=, over */
    FORM_AT_MOST = 2,   /* <= ; with FORM_AT_LEAST: a range, in the detail */
    FORM_RELATION = 3,  /* mask; 0: a point */
    FORM_EXACT = 4,     /* exactly: not rounded, whatever its kind */
    FORM_ABOUT = 8,     /* rounded to half a unit of its leading digit */
    FORM_OVER = 16,     /* said as `over`, with FORM_AT_LEAST */
    FORM_NEARLY = 32,   /* a little below; with FORM_AT_MOST */
    FORM_WIDE = 64,     /* the interval is in the detail */
    FORM_FORMULA = 128, /* no number: the detail has the formula */
    FORM_DETAIL = 256,  /* there is a detail */
    FORM_BEFORE = 512,  /* said on some day up to its day: `on ..DATE` */
    FORM_MOVED = 1024,  /* with a movement, in the detail */
};

enum {
    KEY_METRIC_MAX = (1 << 24) - 1,
    KEY_KIND_MAX = (1 << 12) - 1,
    KEY_PERIOD_MAX = (1 << 24) - 1,
};

struct fact {
    uint64_t cell;     /* metric 24, frequency 4, kind 12, period 24 bits */
    uint64_t line_day; /* line 32, day 32 bits */
    int64_t record;    /* order of statement, unique in the fact base */
    int64_t coefficient;
    int16_t exponent;
    uint16_t form; /* enum fact_form */
    uint32_t actor;
    uint32_t source;
    uint32_t batch;
    uint32_t row; /* line of its input, base 1 */
    /* Of a cell that was imported: where it stands in that line and how long it
     * is, in characters, base 1; 0: not known.  A base does not keep it. */
    uint16_t column;
    uint16_t width;
};

_Static_assert(sizeof(struct fact) == 56, "the place of a cell costs no room");

/* The rare rest of a fact.  Texts are canonical Assay; NULL when absent. */
struct fact_detail {
    int64_t record;
    struct interval bounds; /* with FORM_WIDE, in base units */
    const char *assertion;  /* "= down 4.5% from 2022": formula, movement */
    const char *context;    /* "goods chips": what `using` filled in */
    const char *condition;
    const char *note;
    const char *url;
    const char *written; /* the value as written, when the row cannot say */
};

static inline uint64_t
fact_pack_cell(uint32_t metric, enum frequency frequency, uint32_t kind,
               int32_t period)
{
    return (uint64_t)metric << 40 | (uint64_t)frequency << 36 |
           (uint64_t)kind << 24 | (uint64_t)(uint32_t)period;
}

static inline uint32_t
fact_metric(const struct fact *fact)
{
    return (uint32_t)(fact->cell >> 40);
}

static inline enum frequency
fact_frequency(const struct fact *fact)
{
    return (enum frequency)(fact->cell >> 36 & 15);
}

static inline uint32_t
fact_kind(const struct fact *fact)
{
    return (uint32_t)(fact->cell >> 24 & 0xFFF);
}

static inline int32_t
fact_period(const struct fact *fact)
{
    return (int32_t)(fact->cell & 0xFFFFFF);
}

static inline uint32_t
fact_line(const struct fact *fact)
{
    return (uint32_t)(fact->line_day >> 32);
}

static inline day_number
fact_day(const struct fact *fact)
{
    return (day_number)(fact->line_day & 0xFFFFFFFF);
}

static inline struct decimal
fact_decimal(const struct fact *fact)
{
    return (struct decimal){fact->coefficient, fact->exponent};
}

/* Order of the table. */
static inline int
fact_compare(const struct fact *a, const struct fact *b)
{
    if (a->cell != b->cell) {
        return a->cell < b->cell ? -1 : 1;
    }
    if (a->line_day != b->line_day) {
        return a->line_day < b->line_day ? -1 : 1;
    }
    return (a->record > b->record) - (a->record < b->record);
}

/* Does NEXT speak of the same cell, on the same day and by the same people? */
static inline bool
fact_repeats(const struct fact *fact, const struct fact *next)
{
    return fact->cell == next->cell && fact->line_day == next->line_day &&
           fact->actor == next->actor && fact->source == next->source;
}

/* A value that follows from facts.  Same key; RECORD is the fact it follows
 * from last, DAY the day from which it follows. */
struct derived {
    uint64_t cell;
    uint64_t line_day;
    int64_t record;
    double value;           /* base units */
    struct interval bounds; /* base units */
    uint8_t basis;          /* 1 derived, 2 implied, as in eval/result.h */
    uint8_t relation;       /* as FORM_RELATION of its formula */
    uint32_t actor;         /* who stated the formula; 0 for implied ones */
    uint32_t source;
    day_number until;  /* the day on which its fact was withdrawn; or DAY_MAX */
    const char *chain; /* "down 4.5% from actual 2022, itself implied" */
};

/* In which of these all facts of a list are alike; for a list that is empty,
 * FIRST is not set. */
struct fact_alike {
    struct fact first;
    bool any;
    bool frequency;
    bool form;
    bool actor;
    bool source;
    bool batch;
};

static inline void
fact_alike_add(struct fact_alike *alike, const struct fact *fact)
{
    if (!alike->any) {
        *alike = (struct fact_alike){*fact, true, true, true, true, true, true};
        return;
    }
    alike->frequency &= fact_frequency(fact) == fact_frequency(&alike->first);
    alike->form &= fact->form == alike->first.form;
    alike->actor &= fact->actor == alike->first.actor;
    alike->source &= fact->source == alike->first.source;
    alike->batch &= fact->batch == alike->first.batch;
}

#endif
