/* Was the same file imported in the same way before? */
#include "eval/import/import.h"

#include "parser/print.h"

/* Appends the parameters below NODE with what they stand for. */
static void
add_parameters(struct session *session, const struct node *node,
               struct buffer *text)
{
    if (node->kind == NODE_PARAM) {
        const struct node *value = scope_parameter(session, node);
        buffer_add_text(text, ", ");
        print_expression(text, node, &session->atoms, &session->sources);
        buffer_add_text(text, " = ");
        if (value) {
            print_expression(text, value, &session->atoms, &session->sources);
        }
    }
    for (uint8_t i = 0; i < node->kid_count; i++) {
        for (const struct node *kid = node->kid[i]; kid; kid = kid->next) {
            add_parameters(session, kid, text);
        }
    }
}

static bool
is_mapped(const struct import *import, enum field field, uint32_t dimension)
{
    for (size_t i = 0; i < import->count; i++) {
        const struct mapped *item = &import->items[i];
        if (item->field == field && item->dimension == dimension) {
            return true;
        }
    }
    return false;
}

static void
add_name(const struct import *import, enum name_class class, uint32_t id,
         struct buffer *text)
{
    buffer_add_text(text, ", ");
    buffer_add_slice(text,
                     vocabulary_name(import->session->vocabulary, class, id));
}

/* Appends what the context fills in where the mapping says nothing. */
static void
add_context(const struct import *import, struct buffer *text)
{
    const struct context *context = &import->session->context;
    for (size_t i = 0; i < context->count; i++) {
        if (!is_mapped(import, FIELD_DIMENSION, context->dimensions[i])) {
            add_name(import, CLASS_DIMENSION, context->dimensions[i], text);
            add_name(import, CLASS_MEMBER, context->members[i], text);
        }
    }
    if (context->actor && !is_mapped(import, FIELD_ACTOR, 0)) {
        add_name(import, CLASS_ACTOR, context->actor, text);
    }
    if (context->source && !is_mapped(import, FIELD_SOURCE, 0)) {
        add_name(import, CLASS_SOURCE, context->source, text);
    }
}

/* `new` changes no fact. */
static void
drop_new(char *text)
{
    static const char before[] = " = ";
    static const char word[] = "new ";
    for (char *at = text; (at = strstr(at, " = new ")) != NULL;) {
        at += sizeof before - 1;
        memmove(at, at + sizeof word - 1, strlen(at + sizeof word - 1) + 1);
    }
}

const char *
import_mapping(struct import *import)
{
    struct session *session = import->session;
    const struct node *statement = import->statement;
    struct buffer text = {0};
    print_statement(&text, statement, &session->atoms, &session->sources);
    char *quote = strchr(text.text, '"');
    char *end = quote ? strchr(quote + 1, '"') : NULL;
    while (end && end[-1] == '\\') {
        end = strchr(end + 1, '"');
    }
    if (end) { /* the file may be called otherwise */
        text.len -= (size_t)(end + 1 - text.text);
        memmove(text.text, end + 1, text.len + 1);
    }
    drop_new(text.text);
    text.len = strlen(text.text);
    for (uint8_t i = 1; i < statement->kid_count; i++) {
        if (statement->kid[i]) {
            add_parameters(session, statement->kid[i], &text);
        }
    }
    add_context(import, &text);
    const char *copy = arena_copy(&import->arena, text.text, text.len);
    buffer_free(&text);
    return copy;
}

struct search {
    const char *hash;
    const char *mapping;
    uint32_t found;
};

static void
compare_batch(void *context, const struct batch *batch)
{
    struct search *search = context;
    bool same = batch->imported && !batch->withdrawn && !batch->undone &&
                strcmp(batch->mapping, search->mapping) == 0 &&
                (!search->hash || strcmp(batch->hash, search->hash) == 0);
    search->found = same ? batch->number : search->found;
}

bool
import_was_done(struct import *import, const char *mapping, bool *again)
{
    struct session *session = import->session;
    struct search search = {.mapping = mapping};
    *again = false;
    if (!store_each_batch(session->store, compare_batch, &search)) {
        return false;
    }
    if (!search.found) {
        return true; /* nothing like it: the file need not be read twice */
    }
    struct buffer hash = {0};
    int error = csv_hash_file(import->path, &hash);
    search.hash = hash.text;
    search.found = 0;
    import->csv.error = error ? error : import->csv.error;
    bool done = error == 0
                    ? store_each_batch(session->store, compare_batch, &search)
                    : import_cannot_read(import);
    buffer_free(&hash);
    *again = done && search.found;
    if (*again) {
        struct diagnostic *record = diagnostics_add(
            session->diagnostics, SEVERITY_WARNING, DIAGNOSTIC_IMPORTED_BEFORE,
            import->statement->kid[0]->span,
            "%s was imported before: nothing is imported again", import->path);
        diagnostics_label(session->diagnostics, record, "as batch %u",
                          search.found);
        diagnostics_help(session->diagnostics, record,
                         "to import it anew, first: retract import %u because "
                         "\"...\"",
                         search.found);
    }
    return done;
}
