/* A mapping as statements: what is missing in the fact base, and the import. */
#include "eval/import/guess.h"

#include "base/utf8.h"
#include "parser/format.h"
#include "parser/print.h"

#include <assert.h>

enum { LEFT_OUT_SHOWN = 12, CODES_SHOWN = 20 };

static void
put_column(struct buffer *text, const struct column *column)
{
    print_name(text, column->header);
}

static void
put_path(struct guess *guess)
{
    buffer_add_char(&guess->text, '"');
    literal_escape(&guess->text, slice_of(guess->path), true);
    buffer_add_char(&guess->text, '"');
}

/* Notes -------------------------------------------------------------------- */

static void
put_intro(struct guess *guess)
{
    const char *slash = strrchr(guess->path, '/');
    buffer_add_text(&guess->text, "# ");
    utf8_add_visible(&guess->text, slice_of(slash ? slash + 1 : guess->path));
    buffer_format(&guess->text,
                  ": guessed from its header and %s%zu record%s.\n"
                  "# Read it before you keep it.\n",
                  guess->sample.ended ? "" : "the first ",
                  guess->sample.records, guess->sample.records == 1 ? "" : "s");
}

/* Members can get their titles from the same file. */
static void
note_titles(struct guess *guess, const struct column *title)
{
    const struct column *code = &guess->sample.columns[title->titles];
    if (!column_is_dimension(code)) {
        return;
    }
    buffer_add_text(&guess->text, "# Titles of the members: import ");
    put_path(guess);
    buffer_add_text(&guess->text, "\n#     as members of ");
    print_name(&guess->text, code->name);
    buffer_add_text(&guess->text, " (name = ");
    put_column(&guess->text, code);
    buffer_add_text(&guess->text, ", title = ");
    put_column(&guess->text, title);
    buffer_add_text(&guess->text, ")\n");
}

static void
note_left_out(struct guess *guess)
{
    size_t count = 0;
    for (size_t i = 0; i < guess->sample.count; i++) {
        const struct column *column = &guess->sample.columns[i];
        if (column->role == ROLE_TITLE) {
            note_titles(guess, column);
        }
        if (column->role != ROLE_LEFT_OUT || !column->why) {
            continue;
        }
        if (count++ < LEFT_OUT_SHOWN) {
            buffer_format(&guess->text, "# Left out: column %zu", i + 1);
            buffer_add_text(&guess->text, column->header.len ? ", `" : "");
            utf8_add_visible(&guess->text, column->header);
            buffer_format(&guess->text, "%s: %s.\n",
                          column->header.len ? "`" : "", column->why);
        }
    }
    if (count > LEFT_OUT_SHOWN) {
        buffer_format(&guess->text, "# Left out: %zu more columns.\n",
                      count - LEFT_OUT_SHOWN);
    }
}

static void
note_published(struct guess *guess)
{
    if (guess->sample.published && guess->roles.wide) {
        buffer_add_text(&guess->text, "# Stated on ");
        day_print(&guess->text, guess->sample.published);
        buffer_add_text(&guess->text, ", as the lines above the header say.\n");
    }
}

static void
note_kind(struct guess *guess)
{
    const struct sample *sample = &guess->sample;
    size_t column = guess->roles.kind;
    if (column == SIZE_MAX) {
        buffer_add_text(&guess->text,
                        "# Not in the file: whether its figures are actual, "
                        "forecast or target.\n");
    } else if (sample->columns[column].filled < sample->records) {
        buffer_add_text(&guess->text, "# Where `");
        utf8_add_visible(&guess->text, sample->columns[column].header);
        buffer_add_text(&guess->text, "` is empty, an estimate is a guess.\n");
    }
}

/* Mapping ------------------------------------------------------------------ */

/* Appends `, WORD = `, or what opens the mapping. */
static void
put_key(struct guess *guess, const char *word)
{
    buffer_format(&guess->text, "%s%s = ", guess->keys++ ? ", " : " (", word);
}

static void
put_map(struct guess *guess, const char *word, size_t column)
{
    if (column != SIZE_MAX) {
        put_key(guess, word);
        put_column(&guess->text, &guess->sample.columns[column]);
    }
}

/* Texts of the sample that are no kinds themselves are translated. */
static void
put_kinds(struct guess *guess)
{
    const struct sample *sample = &guess->sample;
    size_t column = guess->roles.kind;
    struct atoms seen;
    const char *before = " {";
    if (column == SIZE_MAX) {
        return;
    }
    put_map(guess, "kind", column);
    atoms_init(&seen);
    atoms_intern(&seen, SLICE(""));
    for (size_t i = 0; i < sample->records && seen.count < CODES_SHOWN; i++) {
        struct slice code =
            atoms_text(&sample->atoms, sample_cell(sample, i, column));
        const char *kind = kind_of_code(code);
        if (!kind || slice_is(code, kind) || atoms_find(&seen, code)) {
            continue;
        }
        atoms_intern(&seen, code);
        buffer_add_text(&guess->text, before);
        print_member(&guess->text, code);
        buffer_format(&guess->text, ": %s", kind);
        before = ", ";
    }
    atoms_free(&seen);
    if (sample->columns[column].filled < sample->records) {
        buffer_format(&guess->text, "%s\"\": estimate", before);
        before = ", ";
    }
    buffer_add_text(&guess->text, *before == ',' ? "}" : "");
}

/* Are all texts of the file members of the dimension? */
static bool
members_are_known(struct guess *guess, const struct column *column)
{
    const struct sample *sample = &guess->sample;
    struct session *session = guess->session;
    uint32_t dimension = scope_find(
        session, CLASS_DIMENSION, atoms_intern(&session->atoms, column->name));
    size_t number = (size_t)(column - sample->columns);
    if (!sample->ended || !dimension ||
        !store_load_members(session->store, dimension)) {
        return false;
    }
    for (size_t i = 0; i < sample->records; i++) {
        struct slice text =
            atoms_text(&sample->atoms, sample_cell(sample, i, number));
        atom name = atoms_intern(&session->atoms, text);
        if (text.len &&
            !vocabulary_find_member(session->vocabulary, dimension, name)) {
            return false;
        }
    }
    return true;
}

static void
put_dimensions(struct guess *guess)
{
    for (size_t i = 0; i < guess->sample.count; i++) {
        const struct column *column = &guess->sample.columns[i];
        if (!column_is_dimension(column)) {
            continue;
        }
        buffer_add_text(&guess->text, guess->keys++ ? ", " : " (");
        print_name(&guess->text, column->name);
        buffer_add_text(&guess->text,
                        members_are_known(guess, column) ? " = " : " = new ");
        put_column(&guess->text, column);
    }
}

static void
put_names(struct guess *guess, const char *word, enum role role)
{
    size_t column = roles_find(&guess->sample, role);
    if (column != SIZE_MAX) {
        put_key(guess, word);
        buffer_add_text(&guess->text, "new ");
        put_column(&guess->text, &guess->sample.columns[column]);
    }
}

/* An import of the values in one column; SIZE_MAX: of a wide file. */
static void
put_import(struct guess *guess, size_t values)
{
    const struct roles *roles = &guess->roles;
    const struct sample *sample = &guess->sample;
    bool one = roles->metric == SIZE_MAX;
    guess->keys = 0;
    buffer_add_text(&guess->text, "import ");
    put_path(guess);
    if (one) {
        buffer_add_text(&guess->text,
                        roles->kind == SIZE_MAX ? " as actual " : " as ");
        print_name(&guess->text, values == SIZE_MAX
                                     ? guess->metric
                                     : sample->columns[values].name);
    }
    buffer_add_text(&guess->text, roles->wide    ? " wide"
                                  : sample->sdmx ? " sdmx"
                                                 : "");
    if (!one) {
        put_key(guess, "metric");
        buffer_add_text(&guess->text,
                        guess_metrics_are_known(guess) ? "" : "new ");
        put_column(&guess->text, &sample->columns[roles->metric]);
    }
    put_kinds(guess);
    if (!one && roles->kind == SIZE_MAX) {
        put_key(guess, "kind");
        buffer_add_text(&guess->text, "actual");
    }
    put_dimensions(guess);
    if (!sample->sdmx) { /* else they go without saying */
        put_map(guess, "period", roles->wide ? SIZE_MAX : roles->period);
        put_map(guess, "value", values);
        put_map(guess, "unit", guess_has_scale(guess) ? SIZE_MAX : roles->unit);
    }
    put_map(guess, "on", roles_find(sample, ROLE_ON));
    put_names(guess, "actor", ROLE_ACTOR);
    put_names(guess, "source", ROLE_SOURCE);
    put_map(guess, "condition", roles_find(sample, ROLE_CONDITION));
    put_map(guess, "note", roles_find(sample, ROLE_NOTE));
    put_map(guess, "url", roles_find(sample, ROLE_URL));
    put_map(guess, "context", roles_find(sample, ROLE_CONTEXT));
    put_map(guess, "missing", roles_find(sample, ROLE_MISSING));
    put_map(guess, "retracted", roles_find(sample, ROLE_RETRACTED));
    buffer_add_text(&guess->text, guess->keys ? ")\n" : "\n");
}

/* Files -------------------------------------------------------------------- */

static void
write_members(struct guess *guess)
{
    const struct roles *roles = &guess->roles;
    struct column *columns = guess->sample.columns;
    bool says_little =
        slice_is(word_stem(columns[roles->members].word), "code") ||
        slice_is(word_stem(columns[roles->members].word), "id");
    size_t named = says_little && roles->titles != SIZE_MAX ? roles->titles
                                                            : roles->members;
    for (size_t i = 0; i < guess->sample.count; i++) {
        columns[i].role = i == named ? ROLE_AREA : ROLE_LEFT_OUT;
        columns[i].why = i == roles->members || i == roles->titles || i == named
                             ? NULL
                             : "a member has a name and a title";
    }
    guess_dimensions(guess);
    note_left_out(guess);
    guess->keys = 0;
    buffer_add_text(&guess->text, "import ");
    put_path(guess);
    buffer_add_text(&guess->text, " as members of ");
    print_name(&guess->text, columns[named].name);
    put_map(guess, "name", roles->members);
    put_map(guess, "title", roles->titles);
    buffer_add_text(&guess->text, ")\n");
}

static void
write_facts(struct guess *guess)
{
    guess_dimensions(guess);
    guess_metrics(guess);
    note_kind(guess);
    note_published(guess);
    note_left_out(guess);
    for (size_t i = 0; i < guess->sample.count && !guess->roles.wide; i++) {
        if (guess->sample.columns[i].role == ROLE_VALUE) {
            put_import(guess, i);
        }
    }
    if (guess->roles.wide) {
        put_import(guess, SIZE_MAX);
    }
}

static bool
guess_file(struct guess *guess, const char *path)
{
    struct session *session = guess->session;
    guess->path = path;
    bool done = sample_read(session, path, &guess->sample);
    if (done) {
        roles_settle(session, &guess->sample, &guess->roles);
        if (guess->roles.unclear) {
            struct diagnostic *record = diagnostics_add(
                session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_BAD_MAPPING,
                (struct span){0, 0}, "%s: %s", path, guess->roles.unclear);
            if (guess->roles.help) {
                diagnostics_help(session->diagnostics, record, "%s",
                                 guess->roles.help);
            }
            done = false;
        }
    }
    if (done) {
        buffer_add_text(&guess->text, guess->text.len ? "\n" : "");
        put_intro(guess);
        if (guess->roles.members != SIZE_MAX) {
            write_members(guess);
        } else {
            write_facts(guess);
        }
    }
    sample_free(&guess->sample);
    return done;
}

/* In canonical form. */
static void
deliver(struct slice text, struct buffer *out)
{
    struct atoms atoms;
    struct sources sources;
    struct diagnostics diagnostics;
    atoms_init(&atoms);
    sources_init(&sources);
    diagnostics_init(&diagnostics);
    struct source *source = sources_add(&sources, "import", text);
    bool formatted =
        source && format_source(&atoms, &sources, source, &diagnostics, out);
    if (!formatted) {
        buffer_add_slice(out, text);
    }
    diagnostics_free(&diagnostics);
    sources_free(&sources);
    atoms_free(&atoms);
}

bool
session_guess(struct session *session, char *const *paths, size_t count,
              struct buffer *text)
{
    struct guess guess = {.session = session};
    size_t parsed = session->parsed_count;
    bool done = store_begin(session->store);
    if (!done) {
        return false;
    }
    if (session->generation != store_generation(session->store)) {
        session_take_names(session);
        parsed = 0;
    }
    atoms_init(&guess.dimensions);
    atoms_init(&guess.metrics);
    for (size_t i = 0; i < count; i++) {
        done = guess_file(&guess, paths[i]) && done;
    }
    if (done) {
        deliver(buffer_slice(&guess.text), text);
    }
    /* What the library declared meanwhile is declared again when it is used. */
    store_rollback(session->store);
    session->parsed_count = parsed;
    arena_reset(&session->scratch);
    buffer_free(&guess.text);
    atoms_free(&guess.dimensions);
    atoms_free(&guess.metrics);
    return done;
}
