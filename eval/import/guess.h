/* A first mapping for a file that nobody has described yet.
 *
 * sample.c reads the header and the first records, roles.c says what each
 * column seems to hold, guess.c writes that as statements for a person to read,
 * mend and keep.  What cannot be known from a file (whether a figure was meant
 * or measured, in which unit it is) is said in comments, never made up.
 */
#ifndef EVAL_IMPORT_GUESS_H
#define EVAL_IMPORT_GUESS_H

#include "eval/import/import.h"
#include "eval/import/sdmx.h"

enum { SAMPLE_RECORDS = 1000, SAMPLE_CELLS = 1 << 20 };

enum role {
    ROLE_OPEN, /* not settled yet */
    ROLE_LEFT_OUT,
    ROLE_PERIOD,
    ROLE_PERIOD_VALUES, /* of a wide file: the header is a period */
    ROLE_VALUE,
    ROLE_KIND,
    ROLE_METRIC,
    ROLE_UNIT,
    ROLE_SCALE, /* the power of ten of the values */
    ROLE_ON,
    ROLE_ACTOR,
    ROLE_SOURCE,
    ROLE_CONDITION,
    ROLE_NOTE,
    ROLE_URL,
    ROLE_CONTEXT,
    ROLE_RETRACTED,
    ROLE_MISSING, /* that there is no value, or why */
    ROLE_AREA,    /* a dimension of places */
    ROLE_DIMENSION,
    ROLE_TITLE, /* of the names in another column */
};

struct column {
    struct slice header; /* in normal form */
    struct slice word;   /* its letters and digits in lower case, parted by _ */
    enum role role;
    const char *why;   /* it is left out; NULL: for no reason worth telling */
    size_t titles;     /* TITLE: the column whose names these are */
    struct slice name; /* of the dimension, or of the metric of a VALUE */
    /* What the cells look like. */
    size_t filled;
    size_t missing; /* of these: marks for a value that is not there */
    size_t numbers;
    size_t whole;   /* numbers without a fraction */
    size_t figures; /* begin like one: 632.2B, >= 1T */
    size_t periods;
    size_t distinct; /* texts */
    size_t bytes;
    size_t longest;
    enum frequency frequency; /* of the periods */
};

/* The header and the first records of a file. */
struct sample {
    struct arena arena;
    struct atoms atoms; /* the texts of cells */
    struct column *columns;
    size_t count;
    struct sdmx_column *sdmx; /* beside them, when it is SDMX-CSV; or NULL */
    day_number published;     /* stands above the header; or DAY_NONE */
    atom *cells;              /* by record, then column; 0 for an empty one */
    size_t records;
    bool ended;   /* there are no more records */
    size_t other; /* lines that do not have as many cells as the header */
    size_t bad;   /* lines that are no records */
    const char *mistake; /* in the first of these */
    const char *help;
};

/* sample.c: reads a sample; false after a report.  To be freed in either
 * case. */
bool sample_read(struct session *session, const char *path,
                 struct sample *sample);
void sample_free(struct sample *sample);

static inline atom
sample_cell(const struct sample *sample, size_t record, size_t column)
{
    return sample->cells[record * sample->count + column];
}

/* What a file is. */
struct roles {
    bool wide;
    size_t period; /* columns; SIZE_MAX for none */
    size_t kind;
    size_t metric;
    size_t metric_title;
    size_t unit;
    size_t scale;
    size_t members; /* a file of members: the column of their names */
    size_t titles;
    enum frequency frequency;
    const char *unclear; /* why no mapping can be guessed; NULL: it can */
    const char *help;
};

/* roles.c: settles the role of each column. */
void roles_settle(struct session *session, struct sample *sample,
                  struct roles *roles);

size_t roles_find(const struct sample *sample, enum role role);
bool column_is_numeric(const struct column *column);
void column_leave_out(struct column *column, const char *why);

/* names.c: what is left when periods and values are known; and a file of
 * members. */
void names_settle(struct sample *sample, struct roles *roles);
void members_settle(struct sample *sample, struct roles *roles);

/* The text that is written, and what it declares. */
struct guess {
    struct session *session;
    struct buffer text;
    struct atoms dimensions; /* that the text declares */
    struct atoms metrics;
    const char *path;
    struct sample sample;
    struct roles roles;
    struct slice metric; /* the last one that was settled */
    bool noted_sum;
    bool noted_unit;
    size_t keys; /* of the mapping that is written */
};

bool column_is_dimension(const struct column *column);

/* A name that may be declared: the one that is wanted, or one like it.  SHARED:
 * a metric. */
struct slice guess_free_name(struct guess *guess, struct slice wanted,
                             bool shared);

/* dimensions.c, metrics.c: name them, and declare those that are missing. */
void guess_dimensions(struct guess *guess);
void guess_metrics(struct guess *guess);
bool guess_metrics_are_known(struct guess *guess);

/* Do all values share a power of ten, which the metric then takes? */
bool guess_has_scale(struct guess *guess);

/* words.c: the words of headers and what they head, those that say most first.
 */
struct role_word {
    const char *word;
    enum role role;
};
extern const struct role_word role_words[];
extern const size_t role_word_count;

/* "Country Code" and REF_AREA become country_code and ref_area: letters and
 * digits in lower case, up to a colon, behind which labels stand. */
struct slice word_plain(struct arena *arena, struct slice header);

/* The same without what says nothing: country, area. */
struct slice word_stem(struct slice word);
bool word_is_area(struct slice stem);
bool word_is_code(struct slice word);    /* iso3, country_code */
bool word_is_title(struct slice word);   /* name, country_name */
bool word_says_value(struct slice word); /* value, and nothing else */
bool word_is_part_of_year(struct slice word);

/* Is it a code of one of the larger countries? */
bool code_is_country(struct slice code);

/* codes.c: the kind that a code of a status column stands for; NULL for none.
 */
const char *kind_of_code(struct slice code);

/* Appends the unit that a text like "GDP (current US$)" or usd_mn speaks of, as
 * it follows `in`; RATE says that it is per cent.  False when there is none. */
bool unit_of_words(struct session *session, struct slice text,
                   struct buffer *unit, bool *rate);

#endif
