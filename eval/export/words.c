/* A fact in words: its figure, who said it, and what was said besides. */
#include "eval/export/export.h"

#include "parser/print.h"

#include <stdlib.h>

void
export_words_init(struct export_words *words, struct session *session)
{
    *words = (struct export_words){.session = session};
    for (int class = 0; class < CLASS_COUNT; class ++) {
        size_t bytes = session->vocabulary->classes[class].count *
                       sizeof *words->texts[class];
        words->texts[class] = memory_alloc(bytes);
        memset(words->texts[class], 0, bytes);
    }
}

void
export_words_free(struct export_words *words)
{
    for (int class = 0; class < CLASS_COUNT; class ++) {
        free(words->texts[class]);
    }
    buffer_free(&words->members);
    arena_free(&words->arena);
}

const char *
export_word(struct export_words *words, enum name_class class, uint32_t id)
{
    if (id == 0) {
        return "";
    }
    if (!words->texts[class][id]) {
        struct buffer text = {0};
        print_name(&text,
                   vocabulary_name(words->session->vocabulary, class, id));
        words->texts[class][id] =
            arena_copy(&words->arena, text.text, text.len);
        buffer_free(&text);
    }
    return words->texts[class][id];
}

void
export_print_figure(struct export_words *words, const struct fact *fact,
                    struct buffer *text)
{
    uint32_t line = fact_line(fact);
    if (line != words->line) {
        buffer_clear(&words->members);
        fact_print_members(words->session, line, &words->members);
        words->line = line;
    }
    buffer_add_text(text, export_word(words, CLASS_KIND, fact_kind(fact)));
    buffer_add_char(text, ' ');
    if (fact_frequency(fact) != FREQUENCY_ONCE) {
        fact_print_period(words->session, fact, text);
        buffer_add_char(text, ' ');
    }
    buffer_add_text(text, export_word(words, CLASS_METRIC, fact_metric(fact)));
    buffer_add_slice(text, buffer_slice(&words->members));
}

static void
add_word(struct export_words *words, const char *before, enum name_class class,
         uint32_t id, struct buffer *text)
{
    if (id) {
        buffer_add_text(text, before);
        buffer_add_text(text, export_word(words, class, id));
    }
}

static void
add_text(const char *before, const char *said, struct buffer *text)
{
    if (said && *said) {
        buffer_add_text(text, before);
        buffer_add_char(text, '"');
        literal_escape(text, slice_of(said), false);
        buffer_add_char(text, '"');
    }
}

bool
export_has_own_day(const struct session *session, const struct fact *fact)
{
    const struct entry *source =
        vocabulary_entry(session->vocabulary, CLASS_SOURCE, fact->source);
    bool before = fact->form & FORM_BEFORE;
    return fact_day(fact) != (day_number)source->link || before != source->flag;
}

void
export_print_annotations(struct export_words *words, const struct fact *fact,
                         const struct fact_detail *detail, struct buffer *text)
{
    add_word(words, " by ", CLASS_ACTOR, fact->actor, text);
    add_word(words, " source ", CLASS_SOURCE, fact->source, text);
    if (export_has_own_day(words->session, fact)) {
        buffer_add_text(text, " on ");
        fact_print_day(fact_day(fact), fact->form & FORM_BEFORE, text);
    }
    add_text(" if ", detail->condition, text);
    add_text(" note ", detail->note, text);
    add_text(" url ", detail->url, text);
}

void
export_print_retraction(struct export_words *words,
                        const struct retraction *retraction, uint32_t source,
                        struct buffer *text)
{
    struct session *session = words->session;
    bool undated = retraction->day == DAY_NONE;
    add_word(words, " by ", CLASS_ACTOR, retraction->actor, text);
    add_word(words, " source ", CLASS_SOURCE, source, text);
    /* Without a day it is taken back on the latest one there is: none, when no
     * fact has any. */
    if (!undated || store_last_day(session->store) != DAY_NONE) {
        buffer_add_text(text, " on ");
        fact_print_day(retraction->day, undated, text);
    }
    buffer_add_text(text, " because \"");
    literal_escape(text, slice_of(retraction->reason), false);
    buffer_add_char(text, '"');
}
