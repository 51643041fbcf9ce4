/* Which column of a file is what: by the words of its header, and by whether
 * its cells bear them out. */
#include "eval/import/guess.h"

#include "base/utf8.h"

enum {
    YEAR_FIRST = 1500, /* a number before that is no year */
    YEAR_LAST = 2200,
    FEW_CODES = 50,
};

static size_t
told(const struct column *column)
{
    return column->filled - column->missing;
}

bool
column_is_numeric(const struct column *column)
{
    return column->numbers && column->numbers * 3 >= told(column) * 2;
}

static bool
is_periodic(const struct column *column)
{
    return column->periods && column->periods * 10 >= told(column) * 9;
}

/* Whole numbers are years only when they all could be. */
static bool
looks_like_periods(const struct sample *sample, size_t number)
{
    const struct column *column = &sample->columns[number];
    if (!is_periodic(column)) {
        return false;
    }
    for (size_t i = 0; i < sample->records; i++) {
        struct slice text =
            atoms_text(&sample->atoms, sample_cell(sample, i, number));
        struct period period;
        bool fiscal;
        bool other =
            cell_period(text, &period, &fiscal) &&
            period.frequency == FREQUENCY_A &&
            (period.ordinal < YEAR_FIRST || period.ordinal > YEAR_LAST);
        if (other) {
            return false;
        }
    }
    return true;
}

static bool
says_kinds(const struct sample *sample, size_t number)
{
    size_t known = 0;
    for (size_t i = 0; i < sample->records; i++) {
        atom cell = sample_cell(sample, i, number);
        known += cell && kind_of_code(atoms_text(&sample->atoms, cell)) != NULL;
    }
    return known * 2 > sample->columns[number].filled;
}

/* Is TEXT a unit, such as USD, B USD, USD/person or %? */
static bool
is_unit(struct session *session, struct slice text)
{
    const char *slash = memchr(text.at, '/', text.len);
    if (slash) {
        size_t len = (size_t)(slash - text.at);
        struct slice per = {slash + 1, text.len - len - 1};
        return is_unit(session, cell_trim((struct slice){text.at, len})) &&
               is_unit(session, cell_trim(per));
    }
    const char *blank = memchr(text.at, ' ', text.len);
    if (blank) {
        size_t len = (size_t)(blank - text.at);
        struct slice scale = {text.at, len};
        struct slice unit = {blank + 1, text.len - len - 1};
        return literal_scale_word(scale) && is_unit(session, unit);
    }
    return literal_scale_word(text) ||
           scope_find_unit(session, atoms_intern(&session->atoms, text)) !=
               INDEX_NONE;
}

static bool
says_units(struct session *session, const struct sample *sample, size_t number)
{
    for (size_t i = 0; i < sample->records; i++) {
        struct slice text =
            atoms_text(&sample->atoms, sample_cell(sample, i, number));
        if (text.len && !is_unit(session, text)) {
            return false;
        }
    }
    return true;
}

/* Does each cell say why a fact was taken back? */
static bool
says_retractions(const struct sample *sample, size_t number)
{
    bool all = true;
    for (size_t i = 0; i < sample->records && all; i++) {
        struct slice text =
            atoms_text(&sample->atoms, sample_cell(sample, i, number));
        all = text.len == 0 ||
              (memchr(text.at, '"', text.len) && strstr(text.at, "because \""));
    }
    return all;
}

/* A column that the language has the word for may be filled further down, where
 * nobody has looked. */
static bool
may_be_filled(const struct sample *sample, const struct column *column)
{
    return !column->filled && !sample->ended &&
           field_find(column->word) != FIELD_COUNT;
}

/* Do the cells of a column bear out what its header says? */
static bool
fits(struct session *session, const struct sample *sample, size_t number,
     enum role role)
{
    const struct column *column = &sample->columns[number];
    switch (role) {
    case ROLE_PERIOD:
        return is_periodic(column);
    case ROLE_ON:
        return is_periodic(column) || may_be_filled(sample, column);
    case ROLE_VALUE:
        return column->figures * 2 > told(column);
    case ROLE_KIND:
        return slice_is(column->word, "kind") || says_kinds(sample, number);
    case ROLE_METRIC:
    case ROLE_ACTOR:
    case ROLE_SOURCE:
    case ROLE_CONDITION:
    case ROLE_NOTE:
    case ROLE_MISSING:
    case ROLE_URL:
    case ROLE_CONTEXT:
        return may_be_filled(sample, column) ||
               (column->filled && !column_is_numeric(column));
    case ROLE_RETRACTED:
        return may_be_filled(sample, column) ||
               (column->filled && says_retractions(sample, number));
    case ROLE_UNIT:
        return may_be_filled(sample, column) ||
               (column->filled && says_units(session, sample, number));
    case ROLE_SCALE:
        return column_is_numeric(column);
    case ROLE_LEFT_OUT:
        return true;
    case ROLE_OPEN:
    case ROLE_PERIOD_VALUES:
    case ROLE_AREA:
    case ROLE_DIMENSION:
    case ROLE_TITLE:
        break;
    }
    return false;
}

size_t
roles_find(const struct sample *sample, enum role role)
{
    for (size_t i = 0; i < sample->count; i++) {
        if (sample->columns[i].role == role) {
            return i;
        }
    }
    return SIZE_MAX;
}

void
column_leave_out(struct column *column, const char *why)
{
    column->role = ROLE_LEFT_OUT;
    column->why = why;
}

/* A mapping can only speak of a column that has a name of its own. */
static void
leave_unnamed(struct sample *sample)
{
    struct atoms once;
    struct atoms twice;
    atoms_init(&once);
    atoms_init(&twice);
    for (size_t i = 0; i < sample->count; i++) {
        struct slice header = sample->columns[i].header;
        atoms_intern(atoms_find(&once, header) ? &twice : &once, header);
    }
    for (size_t i = 0; i < sample->count; i++) {
        struct column *column = &sample->columns[i];
        if (column->header.len == 0) {
            column_leave_out(column, column->filled ? "it has no name" : NULL);
        } else if (!cell_can_name(column->header)) {
            column_leave_out(column, "its name cannot be written");
        } else if (atoms_find(&twice, column->header)) {
            column_leave_out(column, "another column has the same name");
        }
    }
    atoms_free(&once);
    atoms_free(&twice);
}

/* Does a column of OBS_STATUS tell forecasts from the rest, and nothing else?
 * Other statuses are no kinds: the import keeps them in notes. */
static bool
tells_forecasts(const struct sample *sample, size_t number)
{
    bool forecasts = false;
    for (size_t i = 0; i < sample->records; i++) {
        struct slice code =
            atoms_text(&sample->atoms, sample_cell(sample, i, number));
        bool forecast = slice_is(code, "F");
        if (!forecast && !slice_is(code, "A") && !slice_is(code, "E")) {
            return false;
        }
        forecasts = forecasts || forecast;
    }
    return forecasts;
}

/* What SDMX itself says of its columns. */
static void
settle_sdmx(struct session *session, struct sample *sample)
{
    for (size_t i = 0; i < sample->count && sample->sdmx; i++) {
        struct column *column = &sample->columns[i];
        switch (sample->sdmx[i].role) {
        case SDMX_COMPONENT:
            break;
        case SDMX_PERIOD:
            column->role = ROLE_PERIOD;
            break;
        case SDMX_VALUE:
            column->role = ROLE_VALUE;
            break;
        case SDMX_MULT:
            column->role = ROLE_SCALE;
            break;
        case SDMX_UNIT:
            column->role = ROLE_UNIT;
            if (!says_units(session, sample, i)) {
                column_leave_out(column, "not all of it are units");
            }
            break;
        case SDMX_STATUS:
            column->role =
                tells_forecasts(sample, i) ? ROLE_KIND : ROLE_LEFT_OUT;
            break;
        case SDMX_ENVELOPE:
        case SDMX_LABEL:
        case SDMX_ACTION:
        case SDMX_FREQ:
        case SDMX_YEAR_START:
        case SDMX_STATED:
            column_leave_out(column, NULL);
            break;
        }
    }
}

/* Behind the value stand attributes, which tell no figures apart. */
static void
leave_attributes(struct sample *sample)
{
    size_t value = sample->sdmx
                       ? sdmx_find(sample->sdmx, sample->count, SDMX_VALUE)
                       : sample->count;
    for (size_t i = value; i < sample->count; i++) {
        if (sample->columns[i].role == ROLE_OPEN) {
            column_leave_out(&sample->columns[i], "an attribute");
        }
    }
}

static void
settle_words(struct session *session, struct sample *sample)
{
    for (size_t w = 0; w < role_word_count; w++) {
        enum role role = role_words[w].role;
        bool taken =
            role != ROLE_LEFT_OUT && roles_find(sample, role) != SIZE_MAX;
        for (size_t i = 0; i < sample->count && !taken; i++) {
            struct column *column = &sample->columns[i];
            if (column->role == ROLE_OPEN &&
                slice_is(column->word, role_words[w].word) &&
                fits(session, sample, i, role)) {
                column->role = role;
                taken = role != ROLE_LEFT_OUT;
            }
        }
    }
    for (size_t i = 0; i < sample->count; i++) {
        struct column *column = &sample->columns[i];
        if (column->role == ROLE_OPEN &&
            word_is_area(word_stem(column->word)) &&
            !word_is_title(column->word)) {
            column->role = ROLE_AREA;
        }
    }
}

/* One column for each period. */
static bool
settle_wide(struct sample *sample)
{
    size_t count = 0;
    for (size_t i = 0; i < sample->count; i++) {
        struct column *column = &sample->columns[i];
        struct period period;
        bool fiscal;
        bool figures = column_is_numeric(column) || told(column) == 0;
        count += figures && header_period(column->header, &period, &fiscal);
    }
    bool tidy = roles_find(sample, ROLE_PERIOD) != SIZE_MAX &&
                roles_find(sample, ROLE_VALUE) != SIZE_MAX;
    if (count == 0 || tidy) {
        return false;
    }
    for (size_t i = 0; i < sample->count; i++) {
        struct column *column = &sample->columns[i];
        struct period period;
        bool fiscal;
        if (header_period(column->header, &period, &fiscal)) {
            column->role = ROLE_PERIOD_VALUES;
            column->frequency = period.frequency;
        } else if (column->role == ROLE_VALUE || column->role == ROLE_PERIOD) {
            column_leave_out(column, "the columns are the periods");
        }
    }
    return true;
}

/* Codes of numbers are no figures. */
static bool
is_code_column(const struct sample *sample, size_t number)
{
    const struct column *column = &sample->columns[number];
    for (size_t i = 0; i < sample->records; i++) {
        struct slice text =
            atoms_text(&sample->atoms, sample_cell(sample, i, number));
        if (text.len > 1 && text.at[0] == '0' && text.at[1] != '.') {
            return true;
        }
    }
    return column->whole == column->numbers && word_is_code(column->word);
}

static void
settle_figures(struct sample *sample)
{
    bool has_period = roles_find(sample, ROLE_PERIOD) != SIZE_MAX;
    bool has_value = roles_find(sample, ROLE_VALUE) != SIZE_MAX;
    for (size_t i = 0; i < sample->count && !has_period; i++) {
        struct column *column = &sample->columns[i];
        if (column->role == ROLE_OPEN && looks_like_periods(sample, i)) {
            column->role = ROLE_PERIOD;
            has_period = true;
        }
    }
    for (size_t i = 0; i < sample->count; i++) {
        struct column *column = &sample->columns[i];
        if (column->role != ROLE_OPEN || !column_is_numeric(column) ||
            is_code_column(sample, i)) {
            continue;
        }
        if (!has_value) {
            column->role = ROLE_VALUE;
        } else if (column->whole < column->numbers ||
                   column->distinct > FEW_CODES) {
            column_leave_out(column, "there are other values");
        }
    }
}

/* Year and month in two columns are one period, which a mapping cannot join. */
static bool
has_split_period(const struct sample *sample, size_t period)
{
    if (period == SIZE_MAX ||
        sample->columns[period].frequency != FREQUENCY_A) {
        return false;
    }
    for (size_t i = 0; i < sample->count; i++) {
        const struct column *column = &sample->columns[i];
        bool part = i != period && column->filled &&
                    word_is_part_of_year(column->word) && !is_periodic(column);
        if (part) {
            return true;
        }
    }
    return false;
}

void
roles_settle(struct session *session, struct sample *sample,
             struct roles *roles)
{
    *roles = (struct roles){
        .members = SIZE_MAX, .titles = SIZE_MAX, .metric_title = SIZE_MAX};
    leave_unnamed(sample);
    settle_sdmx(session, sample);
    settle_words(session, sample);
    leave_attributes(sample);
    roles->wide = settle_wide(sample);
    if (!roles->wide) {
        settle_figures(sample);
    }
    roles->period = roles_find(sample, ROLE_PERIOD);
    roles->kind = roles_find(sample, ROLE_KIND);
    roles->metric = roles_find(sample, ROLE_METRIC);
    roles->unit = roles_find(sample, ROLE_UNIT);
    roles->scale = roles_find(sample, ROLE_SCALE);
    size_t values =
        roles_find(sample, roles->wide ? ROLE_PERIOD_VALUES : ROLE_VALUE);
    roles->frequency = roles->wide ? sample->columns[values].frequency
                       : roles->period != SIZE_MAX
                           ? sample->columns[roles->period].frequency
                           : FREQUENCY_ONCE;
    if (has_split_period(sample, roles->period)) {
        roles->unclear = "the periods stand in two columns";
        roles->help = "an import takes them from one: write them there as "
                      "2023-10, 2023-Q3 or 2023-W40";
    } else if (values != SIZE_MAX) {
        names_settle(sample, roles);
    } else if (roles->period == SIZE_MAX && roles->metric == SIZE_MAX) {
        members_settle(sample, roles);
    } else {
        roles->unclear = "no column holds figures";
        roles->help = "numbers are written with a decimal point, and without "
                      "commas between thousands";
    }
}
