/* Facts and names as Assay: one a line, for a person to read and for `git diff`
 * to compare. */
#include "eval/export/export.h"

#include "parser/print.h"

struct writer {
    struct session *session;
    struct export_out *out;
    struct export_words words;
    struct export_counts *counts;
    const struct export_order *order;
    struct buffer context; /* that is in place; empty for none */
};

bool
export_names_text(struct session *session, struct export_out *out,
                  struct export_counts *counts)
{
    struct export_names names;
    bool listed = export_names_list(&names, session, false);
    for (size_t i = 0; listed && i < names.count && !out->failed; i++) {
        export_print_name(&names, &names.items[i], &out->held);
        buffer_add_char(&out->held, '\n');
        export_flush(out, false);
    }
    counts->names = listed ? names.count : 0;
    export_names_free(&names);
    return listed && !out->failed;
}

/* Contexts ----------------------------------------------------------------- */

/* Appends the `using` statement that puts a context in place, or with END the
 * one that takes it away again. */
static void
write_using(struct writer *writer, struct slice context, bool end)
{
    struct session *session = writer->session;
    struct buffer *text = &writer->out->held;
    size_t sources = session->sources.count;
    struct source *source =
        sources_add(&session->sources, "a context", context);
    const struct node *statement =
        source ? parse_statement(&session->atoms, &session->sources, source,
                                 &session->scratch, session->diagnostics)
               : NULL;
    const struct node *use = statement ? statement->kid[0] : NULL;
    for (const char *before = "using "; use; use = use->next, before = ", ") {
        buffer_add_text(text, before);
        print_name(text, atoms_text(&session->atoms, use->kid[0]->value.name));
        buffer_add_char(text, ' ');
        if (end) {
            buffer_add_text(text, "total");
        } else {
            print_member(text,
                         atoms_text(&session->atoms, use->kid[1]->value.name));
        }
    }
    buffer_add_char(text, '\n');
    while (session->sources.count > sources) {
        sources_drop_last(&session->sources);
    }
}

/* Nothing of one context is left when another begins. */
static void
change_context(struct writer *writer, struct slice context)
{
    struct slice before = buffer_slice(&writer->context);
    if (slice_equal(before, context)) {
        return;
    }
    if (before.len) {
        write_using(writer, before, true);
    }
    if (context.len) {
        buffer_add_char(&writer->out->held, '\n');
        write_using(writer, context, false);
    }
    buffer_clear(&writer->context);
    buffer_add_slice(&writer->context, context);
}

/* Facts ------------------------------------------------------------------- */

static bool
write_fact(void *context, const struct fact *fact,
           const struct fact_detail *detail)
{
    struct writer *writer = context;
    struct session *session = writer->session;
    struct buffer *text = &writer->out->held;
    const struct retraction *gone =
        store_retraction(session->store, fact->record);
    change_context(writer, slice_of(detail->context));
    export_print_figure(&writer->words, fact, text);
    buffer_add_char(text, ' ');
    fact_print_assertion(session, fact, detail, text);
    export_print_annotations(&writer->words, fact, detail, text);
    buffer_add_char(text, '\n');
    if (gone) {
        /* The fact is now the latest of its cell; what is late may stand behind
         * a later one of another source. */
        buffer_add_text(text, "retract ");
        export_print_figure(&writer->words, fact, text);
        export_print_retraction(&writer->words, gone,
                                writer->order->late ? fact->source : 0, text);
        buffer_add_char(text, '\n');
    }
    writer->counts->facts++;
    export_flush(writer->out, false);
    return !writer->out->failed;
}

bool
export_text(struct session *session, struct export_out *out,
            struct export_counts *counts)
{
    struct export_order order;
    struct writer writer = {
        .session = session, .out = out, .counts = counts, .order = &order};
    if (!export_names_text(session, out, counts)) {
        return false;
    }
    bool done = export_order_open(&order, session);
    if (done) {
        export_words_init(&writer.words, session);
        if (counts->names && order.metric_count) {
            buffer_add_char(&out->held, '\n');
        }
        done = export_in_sequence(&order, write_fact, &writer);
        change_context(&writer, SLICE(""));
        export_words_free(&writer.words);
        buffer_free(&writer.context);
    }
    export_order_close(&order);
    return done && !out->failed;
}
