/* The header and the first records of a file, and what their cells look
 * like. */
#include "eval/import/guess.h"

#include "base/utf8.h"

#include <stdlib.h>

static bool
fail(struct session *session, const char *path, const char *message,
     const char *help)
{
    struct diagnostic *record = diagnostics_add(
        session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_BAD_MAPPING,
        (struct span){0, 0}, "%s: %s", path, message);
    if (help) {
        diagnostics_help(session->diagnostics, record, "%s", help);
    }
    return false;
}

static bool
cannot_read(struct session *session, const char *path, const struct csv *csv)
{
    return session_cannot_read(session, (struct span){0, 0}, path,
                               csv_reason(csv));
}

/* In SDMX-CSV what stands behind an id is a label. */
static void
part_header(struct sample *sample, const struct csv *csv)
{
    struct arena *arena = &sample->arena;
    struct sdmx_column *columns =
        arena_array(arena, struct sdmx_column, csv->count);
    if (!sdmx_read_header(csv->cells, csv->count, columns)) {
        return;
    }
    for (size_t i = 0; i < csv->count; i++) {
        struct slice id = columns[i].id;
        columns[i].id =
            (struct slice){arena_copy(arena, id.at, id.len), id.len};
        sample->columns[i].header = columns[i].id;
        sample->columns[i].word = word_plain(arena, columns[i].id);
    }
    sample->sdmx = columns;
}

static void
take_header(struct sample *sample, const struct csv *csv)
{
    sample->count = csv->count;
    sample->columns = arena_array(&sample->arena, struct column, csv->count);
    for (size_t i = 0; i < csv->count; i++) {
        struct column *column = &sample->columns[i];
        struct slice cell = cell_trim(csv->cells[i]);
        struct slice own = {arena_copy(&sample->arena, cell.at, cell.len),
                            cell.len};
        column->header = utf8_normalize(&sample->arena, own);
        column->word = word_plain(&sample->arena, column->header);
        column->titles = SIZE_MAX;
    }
    part_header(sample, csv);
}

/* Periods and units as the language writes them. */
static struct slice
plain_cell(struct sample *sample, enum sdmx_role role, struct slice cell)
{
    struct period period;
    bool reporting;
    const char *unit = sdmx_unit_word(cell);
    if (role == SDMX_UNIT && unit) {
        return slice_of(unit);
    }
    if (role != SDMX_PERIOD || sdmx_period(cell, &period, &reporting)) {
        return cell;
    }
    struct buffer text = {0};
    period_print(&text, period, false);
    struct slice own = {arena_copy(&sample->arena, text.text, text.len),
                        text.len};
    buffer_free(&text);
    return own;
}

/* The cell of a column, without blanks around it, and without its label. */
static struct slice
own_cell(struct sample *sample, const struct csv *csv, size_t column)
{
    struct slice label;
    struct slice cell = cell_trim(csv->cells[column]);
    const struct sdmx_column *sdmx =
        sample->sdmx ? &sample->sdmx[column] : NULL;
    cell = sdmx && sdmx->labelled ? sdmx_code(cell, &label) : cell;
    return sdmx ? plain_cell(sample, sdmx->role, cell) : cell;
}

static void
note_bad(struct sample *sample, const struct csv *csv)
{
    if (sample->bad++ == 0) {
        struct buffer text = {0};
        buffer_format(&text, "line %u: %s", csv->line, csv->mistake);
        sample->mistake = arena_copy(&sample->arena, text.text, text.len);
        sample->help = csv->help;
        buffer_free(&text);
    }
}

/* Records that fit the header are kept. */
static enum csv_status
take_records(struct sample *sample, struct csv *csv)
{
    size_t most = SAMPLE_CELLS / sample->count;
    enum csv_status status = CSV_RECORD;
    most = most < 1 ? 1 : most < SAMPLE_RECORDS ? most : SAMPLE_RECORDS;
    sample->cells = memory_alloc(most * sample->count * sizeof *sample->cells);
    while (sample->records < most &&
           sample->other + sample->bad < SAMPLE_RECORDS) {
        status = csv_next(csv);
        if (status == CSV_END || status == CSV_FAILED) {
            break;
        }
        if (status == CSV_BAD) {
            note_bad(sample, csv);
            continue;
        }
        if (csv->count != sample->count) {
            sample->other++;
            continue;
        }
        atom *cells = sample->cells + sample->records++ * sample->count;
        for (size_t i = 0; i < csv->count; i++) {
            struct slice cell = own_cell(sample, csv, i);
            cells[i] = cell.len ? atoms_intern(&sample->atoms, cell) : 0;
        }
    }
    sample->ended = status == CSV_END;
    return status;
}

/* Periods ------------------------------------------------------------------ */

/* The dates of a column. */
struct dates {
    size_t counts[FREQUENCY_COUNT];
    unsigned months; /* bit 1 for January */
    bool first_days;
    bool last_days;
};

static void
note_date(struct dates *dates, struct period period)
{
    int year;
    int month;
    int day;
    dates->counts[period.frequency]++;
    if (period.frequency != FREQUENCY_D) {
        return;
    }
    day_to_civil(period.ordinal, &year, &month, &day);
    dates->months |= 1u << month;
    dates->first_days = dates->first_days && day == 1;
    day_to_civil(period.ordinal + 1, &year, &month, &day);
    dates->last_days = dates->last_days && day == 1;
}

/* Days that all begin or end a quarter stand for quarters. */
static enum frequency
common_frequency(const struct dates *dates)
{
    enum frequency most = FREQUENCY_A;
    for (int f = FREQUENCY_A; f < FREQUENCY_COUNT; f++) {
        most =
            dates->counts[f] > dates->counts[most] ? (enum frequency)f : most;
    }
    if (most != FREQUENCY_D || !(dates->first_days || dates->last_days)) {
        return most;
    }
    unsigned ends = dates->first_days ? 1u << 1 : 1u << 12;
    unsigned quarters = dates->first_days
                            ? 1u << 1 | 1u << 4 | 1u << 7 | 1u << 10
                            : 1u << 3 | 1u << 6 | 1u << 9 | 1u << 12;
    return dates->months == ends              ? FREQUENCY_A
           : (dates->months & ~quarters) == 0 ? FREQUENCY_Q
                                              : FREQUENCY_M;
}

static bool
is_whole(struct slice cell)
{
    return memchr(cell.at, '.', cell.len) == NULL;
}

/* A number, perhaps with a scale or a sign: 632.2B, 4.5%, $5. */
static bool
is_number(struct slice cell)
{
    struct decimal decimal;
    if (cell.at[0] == '$') {
        cell = (struct slice){cell.at + 1, cell.len - 1};
    }
    if (cell.len > 1 && strchr("KMBT%", cell.at[cell.len - 1])) {
        cell.len--;
    }
    return decimal_parse(cell.at, cell.len, &decimal);
}

static bool
begins_like_a_figure(struct slice cell)
{
    return strchr("0123456789.+-<>=$", cell.at[0]) != NULL;
}

static void
look_at(struct sample *sample, size_t number, atom *seen)
{
    struct column *column = &sample->columns[number];
    struct dates dates = {.first_days = true, .last_days = true};
    for (size_t i = 0; i < sample->records; i++) {
        atom cell = sample_cell(sample, i, number);
        struct slice text = atoms_text(&sample->atoms, cell);
        struct period period;
        bool fiscal = false;
        if (!cell) {
            continue;
        }
        column->filled++;
        column->missing += cell_is_missing(text);
        column->bytes += text.len;
        column->longest =
            text.len > column->longest ? text.len : column->longest;
        if (seen[cell] != number + 1) {
            seen[cell] = (atom)(number + 1);
            column->distinct++;
        }
        column->figures += begins_like_a_figure(text);
        if (is_number(text)) {
            column->numbers++;
            column->whole += is_whole(text);
        }
        if (text.len > 2 && memcmp(text.at, "..", 2) == 0) {
            text = (struct slice){text.at + 2, text.len - 2}; /* before it */
        }
        if (cell_period(text, &period, &fiscal)) {
            column->periods++;
            note_date(&dates, period);
        }
    }
    column->frequency = common_frequency(&dates);
}

static bool
check_header(struct session *session, const char *path,
             const struct sample *sample)
{
    if (sample->bad > sample->records) {
        return fail(session, path, sample->mistake, sample->help);
    }
    if (sample->other > sample->records) {
        return fail(session, path,
                    "most lines do not have as many cells as the first",
                    "the first line is to name the columns: take away what "
                    "stands above it");
    }
    if (sample->records == 0) {
        return fail(session, path, "there is nothing behind the header", NULL);
    }
    for (size_t i = 0; i < sample->count; i++) {
        struct slice header = sample->columns[i].header;
        struct decimal decimal;
        struct period period;
        bool fiscal;
        if (decimal_parse(header.at, header.len, &decimal) &&
            !cell_period(header, &period, &fiscal)) {
            return fail(session, path, "the first line holds figures",
                        "put a line above it that names the columns");
        }
    }
    return true;
}

static bool
read_all(struct session *session, const char *path, struct csv *csv,
         struct sample *sample)
{
    enum csv_status status =
        preamble_skip(csv, csv_next(csv), &sample->published);
    if (status == CSV_END) {
        return fail(session, path, "this file is empty", NULL);
    }
    if (status == CSV_BAD) {
        return fail(session, path, csv->mistake, csv->help);
    }
    if (status == CSV_RECORD) {
        take_header(sample, csv);
        status = take_records(sample, csv);
    }
    if (status == CSV_FAILED) {
        return cannot_read(session, path, csv);
    }
    return check_header(session, path, sample);
}

bool
sample_read(struct session *session, const char *path, struct sample *sample)
{
    struct csv csv;
    *sample = (struct sample){0};
    atoms_init(&sample->atoms);
    bool done = csv_open(&csv, path) ? read_all(session, path, &csv, sample)
                                     : cannot_read(session, path, &csv);
    csv_close(&csv);
    if (done) {
        size_t bytes = (sample->atoms.count + 1) * sizeof(atom);
        atom *seen = memory_alloc(bytes);
        memset(seen, 0, bytes);
        for (size_t i = 0; i < sample->count; i++) {
            look_at(sample, i, seen);
        }
        free(seen);
    }
    return done;
}

bool
session_is_sdmx(const char *path)
{
    struct csv csv;
    struct arena arena = {0};
    bool sdmx = csv_open(&csv, path) && csv_next(&csv) == CSV_RECORD;
    if (sdmx) {
        struct sdmx_column *columns =
            arena_array(&arena, struct sdmx_column, csv.count);
        sdmx = sdmx_read_header(csv.cells, csv.count, columns);
    }
    csv_close(&csv);
    arena_free(&arena);
    return sdmx;
}

void
sample_free(struct sample *sample)
{
    free(sample->cells);
    atoms_free(&sample->atoms);
    arena_free(&sample->arena);
}
