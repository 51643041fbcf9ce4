/* What a literal token says, before anyone knows what it stands for.
 *
 * Sixteen bytes, so that tokens and tree nodes stay small.  Which fields count
 * is told by the kind, which travels beside the literal: in the token's code or
 * in the node's kind.
 */
#ifndef LEXER_LITERAL_H
#define LEXER_LITERAL_H

#include "base/atom.h"
#include "values/decimal.h"
#include "values/period.h"

/* The longest text, its escapes read, and the longest name.  Both come in by
 * statements and by the cells of files: what one way takes the other must be
 * able to say, so that an export reads back. */
enum { LITERAL_TEXT_BYTES = 1024 * 1024, LITERAL_NAME_BYTES = 128 * 1024 };

enum literal_kind {
    LITERAL_NONE, /* the open end of a range */
    LITERAL_NUMBER,
    LITERAL_PERIOD,
    LITERAL_DATE,
};

enum literal_flags {
    LITERAL_INTEGER = 1,    /* digits only: may be a year or a code */
    LITERAL_PERCENT = 2,    /* written with %; the exponent counts it */
    LITERAL_GROUPED = 4,    /* written with underscores */
    LITERAL_SCIENTIFIC = 8, /* written with e */
    LITERAL_FISCAL = 16,    /* FY2023 */
    LITERAL_LONG = 32,      /* more digits than the coefficient holds */
    LITERAL_PADDED = 64,    /* four digits, the first a 0: may be a year */
};

struct literal {
    union {
        int64_t coefficient; /* number */
        int32_t ordinal;     /* period, or the day of a date */
        const char *text;    /* text: raw, between the quotes; borrows */
        const struct literal_range *range;
    };
    union {
        uint32_t len; /* text: bytes */
        atom name;    /* name; number: its currency symbol, or 0 */
    };
    int16_t exponent; /* number */
    uint8_t scale;    /* number: see literal_scale; period: frequency */
    uint8_t flags;    /* enum literal_flags */
};

struct literal_range {
    enum literal_kind kinds[2];
    struct literal ends[2];
};

/* Numbers are written without a sign; the ends of ranges may have one. */
static inline void
literal_negate(struct literal *literal)
{
    literal->coefficient = -literal->coefficient;
    literal->flags &= (uint8_t)~LITERAL_PADDED;
}

static inline struct decimal
literal_decimal(struct literal literal)
{
    return (struct decimal){literal.coefficient, literal.exponent};
}

static inline struct period
literal_period(struct literal literal)
{
    return (struct period){(enum frequency)literal.scale, literal.ordinal};
}

static inline struct slice
literal_text(struct literal literal)
{
    return (struct slice){literal.text, literal.len};
}

enum literal_status {
    LITERAL_OK,
    LITERAL_NOT_A_LITERAL,
    LITERAL_NO_SUCH_PERIOD, /* 2023-13, 2023-Q5, 2023-02-30 */
    LITERAL_TOO_LARGE,      /* an exponent beyond what is kept */
    LITERAL_GLUED,          /* a number with a word stuck to it: 12kg */
};

/* Reads one number, percentage, period or date that fills TEXT. */
enum literal_status literal_parse(struct slice text, enum literal_kind *kind,
                                  struct literal *literal);

/* The power of ten of a scale in which figures are shown too: that of K, M, B
 * or T, by whatever word ("bn", "billion"); 0 for no such word. */
int literal_scale_word(struct slice word);

/* Is it a scale behind a number?  Also those of 10^4, 10^5, 10^7, 10^8. */
bool literal_is_scale(struct slice word);

/* The power of ten of the scale that a number was written with; 0: none. */
int literal_scale(struct literal literal);

/* Appends a number in its canonical spelling; TEXT is how it was written and
 * is used only when it has more digits than the coefficient holds. */
void literal_print_number(struct buffer *buffer, struct literal literal,
                          struct slice text);

/* Replaces the escapes of a text's raw content; `\{` becomes `{`.  Returns the
 * result in ARENA, or RAW itself when nothing is escaped. */
struct slice literal_unescape(struct arena *arena, struct slice raw);

/* Appends TEXT with what a quoted text must escape; braces too when BRACES. */
void literal_escape(struct buffer *buffer, struct slice text, bool braces);

#endif
