/* The library: declarations in Assay that enter the vocabulary when they are
 * first used.
 *
 * An index of names is made the first time that a name is looked for; the
 * declaration behind a name is parsed when it is asked for.
 */
#include "stdlib/library.h"

#include "eval/scope.h"

#include <stdlib.h>

/* Does the file declare what everybody may use?  Those in folders below are
 * read by `include` only. */
static bool
is_assay(const struct library_file *file)
{
    size_t len = strlen(file->name);
    return len > 6 && strcmp(file->name + len - 6, ".assay") == 0 &&
           strchr(file->name, '/') == strrchr(file->name, '/');
}

/* The first word of a line, and what stands behind it. */
static struct slice
take_word(struct slice *line)
{
    size_t len = 0;
    while (line->len && line->at[0] == ' ') {
        line->at++;
        line->len--;
    }
    while (len < line->len && line->at[len] != ' ' && line->at[len] != '(') {
        len++;
    }
    struct slice word = {line->at, len};
    line->at += len;
    line->len -= len;
    return word;
}

void
library_each_name(struct session *session,
                  void (*each)(void *context, struct slice word,
                               struct slice name, struct slice line),
                  void *context)
{
    (void)session;
    for (size_t i = 0; i < library_file_count; i++) {
        const struct library_file *file = &library_files[i];
        const char *at = file->text;
        const char *end = at + file->length;
        while (is_assay(file) && at < end) {
            const char *stop = memchr(at, '\n', (size_t)(end - at));
            stop = stop ? stop : end;
            struct slice line = {at, (size_t)(stop - at)};
            struct slice rest = line;
            struct slice word = take_word(&rest);
            if (line.len && line.at[0] != '#' && line.at[0] != ' ') {
                each(context, word, take_word(&rest), line);
            }
            at = stop + 1;
        }
    }
}

/* Lines are kept by number: the index needs no pointers. */
struct indexer {
    struct session *session;
    uint32_t line;
    uint32_t wanted;
    struct slice word; /* of the line that was wanted */
    struct slice found;
};

static void
index_name(void *context, struct slice word, struct slice name,
           struct slice line)
{
    struct indexer *indexer = context;
    struct session *session = indexer->session;
    index_put(&session->library, atoms_intern(&session->atoms, name),
              indexer->line);
    for (size_t i = 0; slice_is(word, "unit") && i + 8 < line.len; i++) {
        if (memcmp(line.at + i, "symbol \"", 8) == 0) {
            const char *from = line.at + i + 8;
            const char *stop = memchr(from, '"', line.len - i - 8);
            struct slice symbol = {from, (size_t)(stop ? stop - from : 0)};
            index_put(&session->library, atoms_intern(&session->atoms, symbol),
                      indexer->line);
        }
    }
    indexer->line++;
}

static void
find_line(void *context, struct slice word, struct slice name,
          struct slice line)
{
    struct indexer *indexer = context;
    (void)name;
    if (indexer->line++ == indexer->wanted) {
        indexer->word = word;
        indexer->found = line;
    }
}

static const struct node *
parse_text(struct session *session, const char *name, struct slice text)
{
    struct source *source = sources_add(&session->sources, name, text);
    return source ? parse_statement(&session->atoms, &session->sources, source,
                                    &session->arena, session->diagnostics)
                  : NULL;
}

static uint32_t
line_of(struct session *session, atom name)
{
    struct indexer indexer = {.session = session};
    if (!session->library_indexed) {
        session->library_indexed = true;
        library_each_name(session, index_name, &indexer);
    }
    return index_get(&session->library, name);
}

bool
library_has_function(struct session *session, atom name)
{
    uint32_t line = line_of(session, name);
    struct indexer indexer = {.session = session, .wanted = line};
    if (line != INDEX_NONE) {
        library_each_name(session, find_line, &indexer);
    }
    return line != INDEX_NONE && slice_is(indexer.word, "define");
}

bool
library_declare(struct session *session, const char *word, atom name)
{
    struct indexer indexer;
    uint32_t line = line_of(session, name);
    for (size_t i = 0; i < session->declaring_count; i++) {
        if (session->declaring[i] == line) {
            return false; /* it is on its way in */
        }
    }
    if (line == INDEX_NONE || session->declaring_count == LIBRARY_DEPTH_MAX) {
        return false;
    }
    indexer = (struct indexer){.session = session, .wanted = line};
    library_each_name(session, find_line, &indexer);
    if (!slice_is(indexer.word, word)) {
        return false;
    }
    const struct node *statement =
        parse_text(session, "the library", indexer.found);
    bool was_in_library = session->in_library;
    session->in_library = true;
    session->declaring[session->declaring_count++] = line;
    bool done = statement && declare_statement(session, statement);
    session->declaring_count--;
    session->in_library = was_in_library;
    return done;
}

const struct node *
library_definition(struct session *session, uint32_t id)
{
    for (size_t i = 0; i < session->parsed_count; i++) {
        if (session->parsed[i].definition == id) {
            return session->parsed[i].statement;
        }
    }
    const struct entry *entry =
        vocabulary_entry(session->vocabulary, CLASS_DEFINITION, id);
    size_t messages = session->diagnostics->count;
    const struct node *statement = parse_text(
        session, scope_chars(session, entry->name), slice_of(entry->text));
    if (!statement || statement->kind != NODE_DEFINE) {
        /* It was sound when it was stored. */
        diagnostics_truncate(session->diagnostics, messages);
        diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                        DIAGNOSTIC_BASE_CORRUPT, (struct span){0, 0},
                        "the fact base is damaged: its definition of %s "
                        "cannot be read",
                        scope_chars(session, entry->name));
        return NULL;
    }
    void *items = session->parsed;
    memory_grow(&items, &session->parsed_capacity, session->parsed_count + 1,
                sizeof *session->parsed);
    session->parsed = items;
    session->parsed[session->parsed_count++] = (struct parsed){id, statement};
    return statement;
}
