/* The names of a fact base and what they stand for.
 *
 * Every class of name is an array whose index is the id that facts carry; id 0
 * is "none".  The vocabulary knows no tree and no SQL: eval/ declares into it,
 * dictionary.c reads and writes it.  What a transaction added stands behind its
 * mark, so that taking it back is a truncation.
 */
#ifndef STORE_VOCABULARY_H
#define STORE_VOCABULARY_H

#include "base/atom.h"
#include "base/index.h"
#include "values/period.h"
#include "values/unit.h"

enum { DIMENSIONS_MAX = 8 };

enum name_class {
    CLASS_KIND,
    CLASS_METRIC,
    CLASS_DIMENSION,
    CLASS_MEMBER,
    CLASS_ACTOR,
    CLASS_SOURCE,
    CLASS_CALENDAR,
    CLASS_DEFINITION,
    CLASS_COUNT
};

enum aggregation {
    AGGREGATION_NONE,
    AGGREGATION_FLOW,  /* sum */
    AGGREGATION_STOCK, /* last */
    AGGREGATION_RATE,  /* mean */
    AGGREGATION_INDEX, /* mean */
};

/* What every class has. */
struct entry {
    atom name;
    const char *title; /* "" when it has none */
    /* kind: the one it is like; source: its day; calendar: start day as
     * month * 100 + day; member: its dimension */
    uint32_t link;
    /* kind: figures are rounded; source: before its day; calendar: named by
     * the end; member: a group */
    bool flag;
    const char *text; /* source: url; definition: its statement; or NULL */
};

struct member_part {
    uint32_t group;
    uint32_t part;
};

struct metric {
    uint32_t dimensions[DIMENSIONS_MAX];
    uint8_t dimension_count;
    uint8_t frequency; /* enum frequency: for display; ONCE: no period */
    uint8_t aggregation;
    uint8_t unit_open; /* declared by a fact without a unit: how many more facts
                        * may come before the unit is settled as none */
    bool dirty;        /* changed since it was saved */
    bool changed;      /* ... since the mark was taken */
    int8_t scale;      /* of a bare number: 9 for `in B USD` */
    unit_id unit;
    uint32_t calendar; /* 0: the plain one */
};

struct line {
    uint32_t metric;
    uint32_t members; /* offset in the pool of DIMENSION_COUNT members */
    unit_id unit;
};

struct entries {
    struct entry *items; /* items[0] is "none" */
    size_t count;
    size_t capacity;
};

/* A metric as it was before the transaction changed it. */
struct metric_change {
    uint32_t id;
    struct metric before;
};

/* A line as it was before the transaction settled its unit. */
struct line_change {
    uint32_t id;
    unit_id before;
};

struct vocabulary {
    struct arena arena;  /* owns texts */
    struct atoms *atoms; /* borrows */
    struct entries classes[CLASS_COUNT];
    struct index names[CLASS_COUNT]; /* key: atom; members: dimension too */
    struct units units;
    struct metric *metrics; /* beside classes[CLASS_METRIC] */
    size_t metric_capacity;
    struct metric_change *changes; /* since the mark was taken */
    size_t change_count;
    size_t change_capacity;
    struct line_change *line_changes; /* since then, too */
    size_t line_change_count;
    size_t line_change_capacity;
    struct member_part *parts; /* of groups, in order of declaration */
    size_t part_count;
    size_t part_capacity;
    struct line *lines; /* lines[0] is none */
    size_t line_count;
    size_t line_capacity;
    uint32_t *line_members;
    size_t line_member_count;
    size_t line_member_capacity;
    struct index line_index; /* hash of metric and members: first line */
    uint32_t *line_next;     /* the next line with that hash, 0 at the end */
};

/* How much of a vocabulary there is, to come back to. */
struct vocabulary_mark {
    size_t counts[CLASS_COUNT];
    size_t units;
    size_t parts;
    size_t lines;
    size_t line_members;
};

void vocabulary_init(struct vocabulary *vocabulary, struct atoms *atoms);
void vocabulary_free(struct vocabulary *vocabulary);

/* The mark of what there is now; changes of metrics and lines are counted from
 * here. */
struct vocabulary_mark vocabulary_mark(const struct vocabulary *vocabulary);
void vocabulary_forget_changes(struct vocabulary *vocabulary);

/* Takes back what was added behind the mark, and those changes. */
void vocabulary_truncate(struct vocabulary *vocabulary,
                         const struct vocabulary_mark *mark);

/* Adds a name; texts are copied.  The caller has looked that it is new.
 * Returns its id. */
uint32_t vocabulary_add(struct vocabulary *vocabulary, enum name_class class,
                        const struct entry *entry);

/* Makes room for ids up to COUNT - 1 that will be filled in when they are
 * read: members and lines of a file. */
void vocabulary_reserve(struct vocabulary *vocabulary, size_t members,
                        size_t lines);
void vocabulary_fill_member(struct vocabulary *vocabulary, uint32_t id,
                            const struct entry *entry);
void vocabulary_fill_line(struct vocabulary *vocabulary, uint32_t id,
                          uint32_t metric, const uint32_t *members,
                          unit_id unit);

/* The id of a name in a class, 0 for none. */
uint32_t vocabulary_find(const struct vocabulary *vocabulary,
                         enum name_class class, atom name);
uint32_t vocabulary_find_member(const struct vocabulary *vocabulary,
                                uint32_t dimension, atom code);

static inline const struct entry *
vocabulary_entry(const struct vocabulary *vocabulary, enum name_class class,
                 uint32_t id)
{
    return &vocabulary->classes[class].items[id];
}

static inline struct slice
vocabulary_name(const struct vocabulary *vocabulary, enum name_class class,
                uint32_t id)
{
    return atoms_text(vocabulary->atoms,
                      vocabulary_entry(vocabulary, class, id)->name);
}

static inline struct metric *
vocabulary_metric(const struct vocabulary *vocabulary, uint32_t id)
{
    return &vocabulary->metrics[id];
}

/* The metric, to be changed: what it was can be restored. */
struct metric *vocabulary_change_metric(struct vocabulary *vocabulary,
                                        uint32_t id);

/* Makes PART a part of GROUP (both members). */
void vocabulary_add_part(struct vocabulary *vocabulary, uint32_t group,
                         uint32_t part);

/* True when the member is a group. */
bool vocabulary_is_group(const struct vocabulary *vocabulary, uint32_t member);

/* Is MEMBER a part of GROUP, or of a group that is a part of it? */
bool vocabulary_is_in_group(const struct vocabulary *vocabulary,
                            uint32_t member, uint32_t group);

/* The line of a metric with MEMBERS (one for each of its dimensions, 0 for the
 * total); 0 when there is none. */
uint32_t vocabulary_find_line(const struct vocabulary *vocabulary,
                              uint32_t metric, const uint32_t *members);
uint32_t vocabulary_add_line(struct vocabulary *vocabulary, uint32_t metric,
                             const uint32_t *members, unit_id unit);

/* Settles the unit of a line whose first facts had none. */
void vocabulary_settle_line(struct vocabulary *vocabulary, uint32_t line,
                            unit_id unit);

static inline const uint32_t *
vocabulary_line_members(const struct vocabulary *vocabulary, uint32_t line)
{
    return vocabulary->line_members + vocabulary->lines[line].members;
}

/* The position of DIMENSION among a metric's, or -1. */
int metric_dimension(const struct metric *metric, uint32_t dimension);

/* The calendar of a metric. */
struct calendar vocabulary_calendar(const struct vocabulary *vocabulary,
                                    uint32_t calendar);

const char *name_class_text(enum name_class class);
const char *aggregation_text(enum aggregation aggregation);

#endif
