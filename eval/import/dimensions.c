/* The dimensions of a file: those that the fact base has, and new ones. */
#include "eval/import/guess.h"

#include "parser/print.h"

bool
column_is_dimension(const struct column *column)
{
    return column->role == ROLE_AREA || column->role == ROLE_DIMENSION;
}

struct slice
guess_free_name(struct guess *guess, struct slice wanted, bool shared)
{
    struct session *session = guess->session;
    size_t messages = session->diagnostics->count;
    struct node name = {.kind = NODE_NAME,
                        .value.name = atoms_intern(&session->atoms, wanted)};
    bool is_free = scope_may_declare(session, &name, "name", shared) &&
                   (shared || field_find(wanted) == FIELD_COUNT);
    diagnostics_truncate(session->diagnostics, messages);
    if (is_free) {
        return wanted;
    }
    struct buffer other = {0};
    buffer_format(&other, "%.*s_", (int)wanted.len, wanted.at);
    struct slice own = {arena_copy(&guess->sample.arena, other.text, other.len),
                        other.len};
    buffer_free(&other);
    return own;
}

static bool
knows_dimension(struct guess *guess, struct slice name)
{
    struct session *session = guess->session;
    atom known = atoms_find(&session->atoms, name);
    return name.len && (atoms_find(&guess->dimensions, name) ||
                        (known && vocabulary_find(session->vocabulary,
                                                  CLASS_DIMENSION, known)));
}

/* How many of a column's texts are members of a dimension? */
static size_t
count_members(struct guess *guess, uint32_t dimension, size_t column)
{
    const struct sample *sample = &guess->sample;
    struct session *session = guess->session;
    size_t count = 0;
    for (size_t i = 0; i < sample->records; i++) {
        atom cell = sample_cell(sample, i, column);
        atom name =
            cell ? atoms_find(&session->atoms, atoms_text(&sample->atoms, cell))
                 : 0;
        count += name &&
                 vocabulary_find_member(session->vocabulary, dimension, name);
    }
    return count;
}

/* The dimension of the base that most of the texts are members of. */
static struct slice
dimension_by_members(struct guess *guess, size_t column)
{
    const struct session *session = guess->session;
    struct vocabulary *vocabulary = session->vocabulary;
    const struct entries *entries = &vocabulary->classes[CLASS_DIMENSION];
    size_t filled = guess->sample.columns[column].filled;
    size_t most = filled ? (filled - 1) / 2 : 0;
    struct slice found = SLICE("");
    for (uint32_t id = 1; id < entries->count; id++) {
        if (!store_load_members(session->store, id)) {
            return SLICE("");
        }
        size_t count = count_members(guess, id, column);
        if (count > most) {
            most = count;
            found = vocabulary_name(vocabulary, CLASS_DIMENSION, id);
        }
    }
    return found;
}

static bool
holds_countries(const struct sample *sample, size_t column)
{
    size_t count = 0;
    for (size_t i = 0; i < sample->records; i++) {
        atom cell = sample_cell(sample, i, column);
        count += cell && code_is_country(atoms_text(&sample->atoms, cell));
    }
    return count * 2 > sample->columns[column].filled;
}

static bool
is_used(const struct sample *sample, size_t column, struct slice name)
{
    for (size_t i = 0; i < column; i++) {
        if (column_is_dimension(&sample->columns[i]) &&
            slice_equal(sample->columns[i].name, name)) {
            return true;
        }
    }
    return false;
}

static struct slice
dimension_name(struct guess *guess, size_t number)
{
    static const char *const areas[] = {"country", "area", "geo", "ref_area"};
    const struct sample *sample = &guess->sample;
    const struct column *column = &sample->columns[number];
    struct slice stem = word_stem(column->word);
    struct slice tries[] = {column->header, column->word, stem};
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
        if (knows_dimension(guess, tries[i])) {
            return tries[i];
        }
    }
    struct slice found = dimension_by_members(guess, number);
    if (found.len) {
        return found;
    }
    for (size_t i = 0; i < sizeof areas / sizeof *areas; i++) {
        if (word_is_area(stem) && knows_dimension(guess, slice_of(areas[i]))) {
            return slice_of(areas[i]);
        }
    }
    bool says_little =
        slice_is(stem, "id") || slice_is(stem, "code") || slice_is(stem, "key");
    if (says_little && holds_countries(sample, number)) {
        return SLICE("country");
    }
    bool taken = stem.len == 0 || field_find(stem) != FIELD_COUNT;
    return guess_free_name(guess, taken ? column->header : stem, false);
}

static void
declare_dimension(struct guess *guess, struct slice name)
{
    if (!knows_dimension(guess, name)) {
        atoms_intern(&guess->dimensions, name);
        buffer_add_text(&guess->text, "dimension ");
        print_name(&guess->text, name);
        buffer_add_char(&guess->text, '\n');
    }
}

void
guess_dimensions(struct guess *guess)
{
    struct sample *sample = &guess->sample;
    for (size_t i = 0; i < sample->count; i++) {
        struct column *column = &sample->columns[i];
        if (!column_is_dimension(column)) {
            continue;
        }
        struct slice name = dimension_name(guess, i);
        name = is_used(sample, i, name) ? column->word : name;
        name = is_used(sample, i, name) ? column->header : name;
        column->name = name;
        declare_dimension(guess, name);
    }
}
