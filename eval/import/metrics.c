/* The metrics of a file: those that the fact base has, and new ones. */
#include "eval/import/guess.h"

#include "parser/print.h"

enum { METRICS_SHOWN = 40 };

/* What the values are counted in, as far as the file says. */
struct counted {
    struct buffer unit; /* as it follows `in`; empty: not known */
    bool rate;
};

static const char *
scale_word(struct guess *guess)
{
    static const struct {
        const char *digits;
        const char *word;
    } scales[] = {{"3", "K"}, {"6", "M"}, {"9", "B"}, {"12", "T"}};
    size_t column = guess->roles.scale;
    if (column == SIZE_MAX || guess->sample.columns[column].distinct != 1) {
        return "";
    }
    for (size_t i = 0; i < guess->sample.records; i++) {
        struct slice text = atoms_text(&guess->sample.atoms,
                                       sample_cell(&guess->sample, i, column));
        for (size_t s = 0; s < sizeof scales / sizeof *scales; s++) {
            if (slice_is(text, scales[s].digits)) {
                return scales[s].word;
            }
        }
    }
    return "";
}

bool
guess_has_scale(struct guess *guess)
{
    return *scale_word(guess) != '\0';
}

/* A unit, perhaps behind a scale. */
static void
put_unit(struct buffer *text, struct slice unit)
{
    const char *blank = memchr(unit.at, ' ', unit.len);
    if (blank) {
        size_t len = (size_t)(blank + 1 - unit.at);
        buffer_add(text, unit.at, len);
        put_unit(text, (struct slice){blank + 1, unit.len - len});
    } else if (slice_is(unit, "%") || literal_scale_word(unit)) {
        buffer_add_slice(text, unit);
    } else {
        print_name(text, unit);
    }
}

/* RECORD is one of the metric's; TEXTS are its name, its title and the header
 * of its values. */
static void
find_unit(struct guess *guess, size_t record, const struct slice *texts,
          size_t count, struct counted *counted)
{
    const struct sample *sample = &guess->sample;
    size_t column = guess->roles.unit;
    const char *scale = scale_word(guess);
    atom cell = column == SIZE_MAX ? 0 : sample_cell(sample, record, column);
    if (cell) {
        struct slice unit = atoms_text(&sample->atoms, cell);
        counted->rate = slice_is(unit, "%");
        buffer_format(&counted->unit, "%s%s", scale, *scale ? " " : "");
        put_unit(&counted->unit, unit);
        return;
    }
    for (size_t i = 0; i < count && counted->unit.len == 0; i++) {
        unit_of_words(guess->session, texts[i], &counted->unit, &counted->rate);
    }
    if (counted->unit.len == 0) {
        buffer_add_text(&counted->unit, scale);
    }
}

static void
put_metric(struct guess *guess, struct slice name, struct slice title,
           enum frequency frequency, const struct counted *counted)
{
    struct buffer *text = &guess->text;
    const char *before = " by ";
    buffer_add_text(text, "metric ");
    print_name(text, name);
    if (title.len) {
        buffer_add_text(text, " \"");
        literal_escape(text, title, false);
        buffer_add_char(text, '"');
    }
    buffer_format(text, "%s %s", counted->rate ? " rate" : "",
                  frequency_word(frequency));
    if (counted->unit.len) {
        buffer_format(text, " in %s", counted->unit.text);
    }
    for (size_t i = 0; i < guess->sample.count; i++) {
        if (column_is_dimension(&guess->sample.columns[i])) {
            buffer_add_text(text, before);
            print_name(text, guess->sample.columns[i].name);
            before = ", ";
        }
    }
    buffer_add_char(text, '\n');
}

/* Each note stands once, before the first metric that it is about. */
static void
note_metric(struct guess *guess, const struct counted *counted)
{
    bool no_unit = counted->unit.len == 0;
    if (no_unit && !guess->noted_unit) {
        buffer_add_text(&guess->text,
                        "# Not in the file: in which unit the values are, and "
                        "how they add up over time.\n"
                        "# Add both, as in `flow yearly in B USD` or `rate "
                        "yearly in %`.\n");
        guess->noted_unit = guess->noted_sum = true;
    } else if (!counted->rate && !guess->noted_sum) {
        buffer_add_text(&guess->text,
                        "# Not in the file: how values add up over time; add "
                        "flow, stock, rate or index.\n");
        guess->noted_sum = true;
    }
}

static bool
knows_metric(struct guess *guess, struct slice name)
{
    struct session *session = guess->session;
    atom known = atoms_intern(&session->atoms, name);
    return atoms_find(&guess->metrics, name) ||
           scope_find(session, CLASS_METRIC, known);
}

static void
declare_metric(struct guess *guess, struct slice name, struct slice title,
               size_t record, enum frequency frequency, struct slice header)
{
    struct counted counted = {0};
    struct slice texts[] = {title, header, name};
    find_unit(guess, record, texts, sizeof texts / sizeof *texts, &counted);
    note_metric(guess, &counted);
    put_metric(guess, name, title, frequency, &counted);
    atoms_intern(&guess->metrics, name);
    buffer_free(&counted.unit);
}

/* Is every metric of the file in the base? */
bool
guess_metrics_are_known(struct guess *guess)
{
    const struct sample *sample = &guess->sample;
    if (!sample->ended) {
        return false;
    }
    for (size_t i = 0; i < sample->records; i++) {
        atom cell = sample_cell(sample, i, guess->roles.metric);
        if (cell &&
            !scope_find(guess->session, CLASS_METRIC,
                        atoms_intern(&guess->session->atoms,
                                     atoms_text(&sample->atoms, cell)))) {
            return false;
        }
    }
    return true;
}

/* The metrics that a column names, as far as they were seen. */
static void
declare_column(struct guess *guess)
{
    const struct sample *sample = &guess->sample;
    const struct roles *roles = &guess->roles;
    size_t shown = 0;
    for (size_t i = 0; i < sample->records && shown < METRICS_SHOWN; i++) {
        atom cell = sample_cell(sample, i, roles->metric);
        struct slice name = atoms_text(&sample->atoms, cell);
        struct slice title = SLICE("");
        bool is_new = cell && cell_can_name(name) &&
                      !knows_metric(guess, name) &&
                      slice_equal(guess_free_name(guess, name, true), name);
        if (!is_new) {
            continue;
        }
        if (roles->metric_title != SIZE_MAX) {
            title = atoms_text(&sample->atoms,
                               sample_cell(sample, i, roles->metric_title));
        }
        declare_metric(guess, name, title, i, roles->frequency, SLICE(""));
        shown++;
    }
    if (!sample->ended) {
        buffer_add_text(&guess->text,
                        "# Metrics further down the file are declared by the "
                        "import, without a unit.\n");
    }
}

/* The name of a file without its folder and its endings. */
static struct slice
file_stem(struct guess *guess)
{
    const char *slash = strrchr(guess->path, '/');
    const char *name = slash ? slash + 1 : guess->path;
    struct slice stem = {name, strcspn(name, ".")};
    return stem.len ? word_plain(&guess->sample.arena, stem) : SLICE("figure");
}

/* A column of values is a metric, which its header names, or the file does. */
static void
declare_values(struct guess *guess, struct column *column)
{
    bool plain = !column || word_says_value(column->word);
    struct slice name = plain ? file_stem(guess) : column->header;
    struct slice header = column ? column->header : SLICE("");
    name = name.len ? name : SLICE("figure");
    if (!knows_metric(guess, name)) {
        bool written = plain || header.len == column->word.len;
        name = written ? name : column->word;
        name = guess_free_name(guess, name.len ? name : header, true);
    }
    if (!knows_metric(guess, name)) {
        buffer_add_text(&guess->text, plain ? "# Named after the file.\n" : "");
        declare_metric(guess, name, SLICE(""), 0, guess->roles.frequency,
                       header);
    }
    if (column) {
        column->name = name;
    }
    guess->metric = name;
}

void
guess_metrics(struct guess *guess)
{
    guess->noted_sum = guess->noted_unit = false;
    if (guess->roles.metric != SIZE_MAX) {
        declare_column(guess);
        return;
    }
    if (guess->roles.wide) {
        declare_values(guess, NULL);
        return;
    }
    for (size_t i = 0; i < guess->sample.count; i++) {
        if (guess->sample.columns[i].role == ROLE_VALUE) {
            declare_values(guess, &guess->sample.columns[i]);
        }
    }
}
