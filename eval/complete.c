/* What could stand at the end of a text: the parser says which tokens, the
 * fact base which names. */
#include "eval/scope.h"

#include <stdlib.h>

enum { COMPLETE_KEYWORDS_MAX = 256 };

struct offering {
    struct session *session;
    struct slice typed; /* the letters that are there already */
    struct slice before;
    size_t left;
    void (*offer)(void *context, const struct completion *completion);
    void *context;
    struct index seen;
};

static bool
is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_' || (unsigned char)c >= 0x80;
}

static bool
begins_with(struct slice text, struct slice start)
{
    return text.len >= start.len &&
           (start.len == 0 || memcmp(text.at, start.at, start.len) == 0);
}

static bool
is_plain_name(struct slice name)
{
    if (name.len == 0 || (name.at[0] >= '0' && name.at[0] <= '9')) {
        return false;
    }
    for (size_t i = 0; i < name.len; i++) {
        if (!is_word_byte(name.at[i])) {
            return false;
        }
    }
    return true;
}

static void
offer_word(struct offering *offering, struct slice word, const char *note)
{
    struct session *session = offering->session;
    if (!offering->left || !begins_with(word, offering->typed)) {
        return;
    }
    atom name = atoms_intern(&session->atoms, word);
    if (index_get(&offering->seen, name) != INDEX_NONE) {
        return;
    }
    index_put(&offering->seen, name, 1);
    struct buffer text = {0};
    bool plain = is_plain_name(word) || memchr(word.at, ' ', word.len);
    buffer_add_text(&text, plain ? "" : "`");
    buffer_add_slice(&text, word);
    buffer_add_text(&text, plain ? "" : "`");
    struct completion completion = {text.text, note};
    offering->offer(offering->context, &completion);
    offering->left--;
    buffer_free(&text);
}

static void
offer_class(struct offering *offering, enum name_class class,
            uint32_t dimension)
{
    struct session *session = offering->session;
    const struct entries *entries = &session->vocabulary->classes[class];
    for (uint32_t id = 1; offering->left && id < entries->count; id++) {
        const struct entry *entry = &entries->items[id];
        if (entry->name &&
            (class != CLASS_MEMBER || !dimension || entry->link == dimension)) {
            offer_word(offering,
                       vocabulary_name(session->vocabulary, class, id),
                       *entry->title ? entry->title : name_class_text(class));
        }
    }
}

struct library_offer {
    struct offering *offering;
    const char *word;
};

static void
offer_library_name(void *context, struct slice word, struct slice name,
                   struct slice line)
{
    struct library_offer *offer = context;
    (void)line;
    if (slice_is(word, offer->word)) {
        offer_word(offer->offering, name, offer->word);
    }
}

static void
offer_library(struct offering *offering, const char *word)
{
    struct library_offer offer = {offering, word};
    library_each_name(offering->session, offer_library_name, &offer);
}

/* The last words before the one that is typed. */
static struct slice
last_word(struct slice text)
{
    size_t end = text.len;
    while (end && (text.at[end - 1] == ' ' || text.at[end - 1] == '\t')) {
        end--;
    }
    size_t start = end;
    while (start && is_word_byte(text.at[start - 1])) {
        start--;
    }
    return (struct slice){text.at + start, end - start};
}

/* The metric in front of the bracket that is open, if the text ends in one. */
static uint32_t
bracket_metric(struct session *session, struct slice before)
{
    size_t at = before.len;
    while (at && before.at[at - 1] != '[') {
        char c = before.at[at - 1];
        if (c == ']' || c == ';' || c == '\n') {
            return 0;
        }
        at--;
    }
    if (!at) {
        return 0;
    }
    struct slice metric = last_word((struct slice){before.at, at - 1});
    return scope_find(session, CLASS_METRIC,
                      atoms_intern(&session->atoms, metric));
}

static void
offer_bracket(struct offering *offering, uint32_t id)
{
    struct session *session = offering->session;
    const struct metric *metric = vocabulary_metric(session->vocabulary, id);
    for (int i = 0; i < metric->dimension_count; i++) {
        store_load_members(session->store, metric->dimensions[i]);
        offer_class(offering, CLASS_MEMBER, metric->dimensions[i]);
    }
    for (int i = 0; i < metric->dimension_count; i++) {
        offer_word(offering,
                   vocabulary_name(session->vocabulary, CLASS_DIMENSION,
                                   metric->dimensions[i]),
                   "dimension");
    }
    offer_class(offering, CLASS_ACTOR, 0);
}

/* Names that fit behind the word before. */
static void
offer_names(struct offering *offering)
{
    struct session *session = offering->session;
    struct slice word = last_word(offering->before);
    uint32_t metric = bracket_metric(session, offering->before);
    static const char *const lists[] = {
        "metrics",  "kinds",      "units",      "dimensions",  "members",
        "actors",   "sources",    "calendars",  "definitions", "functions",
        "settings", "currencies", "frequencies"};
    if (metric) {
        offer_bracket(offering, metric);
        return;
    }
    if (slice_is(word, "list")) {
        for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
            offer_word(offering, slice_of(lists[i]), "list");
        }
        return;
    }
    if (slice_is(word, "source")) {
        offer_class(offering, CLASS_SOURCE, 0);
        return;
    }
    bool by = slice_is(word, "by");
    if (by || slice_is(word, "over") || slice_is(word, "using") ||
        slice_is(word, "of")) {
        offer_class(offering, CLASS_ACTOR, 0);
        offer_class(offering, CLASS_DIMENSION, 0);
        if (by) {
            return;
        }
    }
    uint32_t dimension = vocabulary_find(session->vocabulary, CLASS_DIMENSION,
                                         atoms_intern(&session->atoms, word));
    if (dimension) {
        store_load_members(session->store, dimension);
        offer_class(offering, CLASS_MEMBER, dimension);
        return;
    }
    offer_class(offering, CLASS_METRIC, 0);
    if (!scope_find(session, CLASS_KIND, atoms_intern(&session->atoms, word))) {
        offer_library(offering, "kind");
        offer_class(offering, CLASS_KIND, 0);
    }
    offer_class(offering, CLASS_DEFINITION, 0);
    offer_library(offering, "define");
    if (word.len && word.at[word.len - 1] >= '0' &&
        word.at[word.len - 1] <= '9') {
        return;
    }
    if (slice_is(word, "to") || slice_is(word, "in") ||
        slice_is(word, "unit")) {
        offer_library(offering, "unit");
    }
}

size_t
session_complete(struct session *session, struct slice text, size_t limit,
                 void (*offer)(void *context,
                               const struct completion *completion),
                 void *context)
{
    struct slice keywords[COMPLETE_KEYWORDS_MAX];
    bool names;
    size_t typed = text.len;
    while (typed && is_word_byte(text.at[typed - 1])) {
        typed--;
    }
    struct offering offering = {
        .session = session,
        .typed = {text.at + typed, text.len - typed},
        .before = {text.at, typed},
        .left = limit,
        .offer = offer,
        .context = context,
    };
    size_t count = parser_next_words(&session->atoms, offering.before, keywords,
                                     COMPLETE_KEYWORDS_MAX, &names);
    bool at_start =
        offering.before.len == 0 || last_word(offering.before).len == 0;
    if (names && !at_start) {
        offer_names(&offering);
    }
    for (size_t i = 0; i < count; i++) {
        offer_word(&offering, keywords[i], NULL);
    }
    if (names && at_start) {
        offer_names(&offering);
    }
    index_free(&offering.seen);
    return text.len - typed;
}
