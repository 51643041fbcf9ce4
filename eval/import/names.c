/* The columns of names: members of dimensions, their titles, remarks. */
#include "eval/import/guess.h"

#include <stdlib.h>

enum { LONG_TEXT = 40 }; /* bytes of a mean cell: a remark, not a name */

static size_t
mean_bytes(const struct column *column)
{
    return column->filled ? column->bytes / column->filled : 0;
}

static bool
pairs(atom *other, atom from, atom to)
{
    bool same = other[from] == 0 || other[from] == to;
    other[from] = to;
    return same;
}

/* Does each text of A go with one of B, and each of B with one of A? */
static bool
go_together(const struct sample *sample, size_t a, size_t b)
{
    size_t count = sample->atoms.count;
    size_t bytes = 2 * count * sizeof(atom);
    bool same = true;
    atom *other = memory_alloc(bytes);
    memset(other, 0, bytes);
    for (size_t i = 0; i < sample->records && same; i++) {
        atom code = sample_cell(sample, i, a);
        atom title = sample_cell(sample, i, b);
        same = !code || !title ||
               (pairs(other, code, title) && pairs(other + count, title, code));
    }
    free(other);
    return same;
}

static bool
holds_names(const struct column *column)
{
    return column->role == ROLE_METRIC || column->role == ROLE_AREA ||
           column->role == ROLE_OPEN;
}

/* Is column B what the codes of column A are called?  Texts that are the same
 * everywhere go together by chance: then the headers must say so. */
static bool
are_titles(const struct sample *sample, size_t a, size_t b)
{
    const struct column *code = &sample->columns[a];
    const struct column *title = &sample->columns[b];
    bool kin = slice_equal(word_stem(code->word), word_stem(title->word)) &&
               word_is_title(title->word) && !word_is_title(code->word);
    bool longer = title->bytes > code->bytes + code->bytes / 2;
    return (kin || (longer && code->distinct > 1)) && code->filled &&
           !column_is_numeric(title) && go_together(sample, a, b);
}

static void
settle_titles(struct sample *sample)
{
    for (size_t b = 0; b < sample->count; b++) {
        struct column *title = &sample->columns[b];
        if (title->role != ROLE_OPEN || !title->filled) {
            continue;
        }
        for (size_t a = 0; a < sample->count; a++) {
            if (a != b && holds_names(&sample->columns[a]) &&
                are_titles(sample, a, b)) {
                title->role = ROLE_TITLE;
                title->titles = a;
                break;
            }
        }
    }
}

/* What a column without a role of its own can be. */
static void
settle_open(struct sample *sample, struct column *column)
{
    bool taken = roles_find(sample, ROLE_NOTE) != SIZE_MAX;
    if (column->filled == 0) {
        column_leave_out(
            column, sample->ended ? NULL : "it is empty as far as was read");
    } else if (field_find(column->header) != FIELD_COUNT) {
        column_leave_out(column, "its cells are not what it says");
    } else if (mean_bytes(column) > LONG_TEXT && !taken) {
        column->role = ROLE_NOTE;
    } else if (mean_bytes(column) > LONG_TEXT) {
        column_leave_out(column, "its texts are long");
    } else if (column->distinct == 1 && sample->ended && sample->records > 1) {
        column_leave_out(column, "it says the same everywhere");
    } else {
        column->role = ROLE_DIMENSION;
    }
}

void
names_settle(struct sample *sample, struct roles *roles)
{
    size_t dimensions = 0;
    settle_titles(sample);
    for (size_t i = 0; i < sample->count; i++) {
        struct column *column = &sample->columns[i];
        if (column->role == ROLE_OPEN) {
            settle_open(sample, column);
        }
        if (column->role == ROLE_AREA || column->role == ROLE_DIMENSION) {
            dimensions++;
            if (dimensions > DIMENSIONS_MAX) {
                column_leave_out(column, "a metric has at most 8 dimensions");
            }
        }
        if (column->role == ROLE_TITLE && column->titles == roles->metric) {
            roles->metric_title = i;
        }
    }
}

/* The column of names is the one whose texts all differ: codes before names,
 * and the shorter ones. */
void
members_settle(struct sample *sample, struct roles *roles)
{
    struct column *columns = sample->columns;
    for (size_t i = 0; i < sample->count; i++) {
        bool unique = columns[i].role != ROLE_LEFT_OUT &&
                      columns[i].filled == sample->records &&
                      columns[i].distinct == sample->records;
        size_t best = roles->members;
        bool coded = word_is_code(columns[i].word);
        bool better =
            best == SIZE_MAX || (coded != word_is_code(columns[best].word)
                                     ? coded
                                     : columns[i].bytes < columns[best].bytes);
        roles->members = unique && better ? i : best;
    }
    for (size_t i = 0; i < sample->count; i++) {
        size_t best = roles->titles;
        bool text = i != roles->members && columns[i].role != ROLE_LEFT_OUT &&
                    columns[i].filled && !column_is_numeric(&columns[i]);
        bool titled = word_is_title(columns[i].word);
        bool better =
            best == SIZE_MAX || (titled != word_is_title(columns[best].word)
                                     ? titled
                                     : columns[i].bytes > columns[best].bytes);
        roles->titles = text && better ? i : best;
    }
    if (roles->members == SIZE_MAX) {
        roles->unclear = "no column holds figures, and none the names of "
                         "members";
    }
}
