/* help, apropos, version: pages that are built into the program. */
#include "base/suggest.h"
#include "base/version.h"
#include "eval/scope.h"
#include "stdlib/function.h"
#include "stdlib/page.h"

#include <ctype.h>

static void
say(struct session *session, struct slice text)
{
    while (text.len && text.at[text.len - 1] == '\n') {
        text.len--; /* a sink ends the last line itself */
    }
    session->sink->text(session->sink->context, text);
}

static void
say_page(struct session *session, const struct library_file *page)
{
    struct buffer text = {0};
    page_print(&text, page);
    say(session, buffer_slice(&text));
    buffer_free(&text);
}

/* A definition of the user's own. */
static bool
say_definition(struct session *session, atom name)
{
    uint32_t id = vocabulary_find(session->vocabulary, CLASS_DEFINITION, name);
    struct buffer text = {0};
    if (!id || !definition_is_own(session, id)) {
        return false;
    }
    const struct entry *entry =
        vocabulary_entry(session->vocabulary, CLASS_DEFINITION, id);
    buffer_format(&text, "%s: %s\n\n    %s\n", scope_chars(session, name),
                  *entry->title ? entry->title : "a definition", entry->text);
    if (!session->checking) {
        say(session, buffer_slice(&text));
    }
    buffer_free(&text);
    return true;
}

/* A function of the library or of the language, or a topic of them. */
static bool
say_function(struct session *session, struct slice topic)
{
    struct library_function function;
    struct buffer text = {0};
    bool found = function_find(topic, &function);
    if (found) {
        function_print(&text, &function);
    } else {
        found = function_print_topic(&text, topic);
    }
    if (found && !session->checking) {
        say(session, buffer_slice(&text));
    }
    buffer_free(&text);
    return found;
}

static bool
unknown_topic(struct session *session, const struct node *at,
              struct slice topic)
{
    struct suggestion suggestion;
    struct diagnostic *record = diagnostics_add(
        session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_UNKNOWN_TOPIC,
        at->span, "no help on `%.*s`", (int)topic.len, topic.at);
    suggestion_init(&suggestion, topic);
    for (size_t i = 0; i < library_file_count; i++) {
        suggestion_offer(&suggestion,
                         page_name(&library_files[i], PAGES_OF_HELP));
    }
    struct library_function function;
    struct function_walk walk = {0};
    while (function_next(&walk, &function)) {
        suggestion_offer(&suggestion, function.name);
    }
    if (suggestion.best.len) {
        diagnostics_label(session->diagnostics, record, "did you mean `%.*s`?",
                          (int)suggestion.best.len, suggestion.best.at);
    }
    diagnostics_help(session->diagnostics, record, "the topics stand in: help");
    return false;
}

static struct slice
topic_of(struct session *session, const struct node *node)
{
    if (node->kind == NODE_TEXT) {
        return literal_unescape(&session->scratch, literal_text(node->value));
    }
    return atoms_text(&session->atoms, node->value.name);
}

/* The page that explains a word of the language; NULL when there is none. */
static const struct library_file *
page_of_word(struct slice topic)
{
    static const struct {
        const char *word;
        const char *page;
    } words[] = {
        {"undo", "history"},      {"retract", "history"},
        {"vintage", "vintages"},  {"horizon", "vintages"},
        {"actor", "vintages"},    {"source", "facts"},
        {"list", "metrics"},      {"metric", "metrics"},
        {"unit", "units"},        {"kind", "kinds"},
        {"dimension", "members"}, {"member", "members"},
        {"group", "members"},     {"param", "params"},
        {"period", "periods"},    {"define", "functions"},
        {"as", "asof"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (slice_equal(topic, slice_of(words[i].word))) {
            return page_find(PAGES_OF_HELP, slice_of(words[i].page));
        }
    }
    return NULL;
}

/* A page called so goes before a function, a function before the page that
 * explains a word. */
static bool
help_topic(struct session *session, const struct node *node)
{
    struct slice topic = topic_of(session, node);
    const struct library_file *page = page_find(PAGES_OF_HELP, topic);
    page = page ? page : page_find(PAGES_OF_CODES, topic);
    if (!page) {
        if (say_definition(session, atoms_intern(&session->atoms, topic)) ||
            say_function(session, topic)) {
            return true;
        }
        page = page_of_word(topic);
    }
    if (!page) {
        return unknown_topic(session, node, topic);
    }
    if (!session->checking) {
        say_page(session, page);
    }
    return true;
}

static bool
contains(struct slice text, struct slice word)
{
    for (size_t at = 0; at + word.len <= text.len; at++) {
        size_t same = 0;
        while (same < word.len && tolower((unsigned char)text.at[at + same]) ==
                                      tolower((unsigned char)word.at[same])) {
            same++;
        }
        if (same == word.len) {
            return true;
        }
    }
    return false;
}

struct search {
    struct slice word;
    struct buffer text;
};

static void
add_match(struct search *search, const char *class, struct slice name,
          struct slice title)
{
    if (contains(name, search->word) || contains(title, search->word)) {
        buffer_format(&search->text, "%-11s %-20.*s %.*s\n", class,
                      (int)name.len, name.at, (int)title.len, title.at);
    }
}

static void
match_library(void *context, struct slice word, struct slice name,
              struct slice line)
{
    const char *quote = memchr(line.at, '"', line.len);
    const char *end =
        quote ? memchr(quote + 1, '"', line.len - (size_t)(quote + 1 - line.at))
              : NULL;
    struct slice title =
        end ? (struct slice){quote + 1, (size_t)(end - quote - 1)} : SLICE("");
    char class[16] = "function";
    if (!slice_is(word, "define") && word.len < sizeof class) {
        memcpy(class, word.at, word.len);
        class[word.len] = 0;
    }
    add_match(context, class, name, title);
}

/* Names, titles and pages that have a word in them. */
static void
apropos(struct session *session, struct slice word)
{
    struct search search = {.word = word};
    buffer_clear(&search.text);
    for (int class = 0; class < CLASS_COUNT; class ++) {
        const struct entries *entries = &session->vocabulary->classes[class];
        for (uint32_t id = 1; id < entries->count; id++) {
            bool in_library = index_get(&session->library,
                                        entries->items[id].name) != INDEX_NONE;
            if (!in_library) {
                add_match(&search, name_class_text((enum name_class) class),
                          vocabulary_name(session->vocabulary,
                                          (enum name_class) class, id),
                          slice_of(entries->items[id].title));
            }
        }
    }
    library_each_name(session, match_library, &search);
    struct library_function function;
    struct function_walk walk = {0};
    while (function_next(&walk, &function)) {
        if (function_is_builtin(&function)) {
            add_match(&search, "function", function.name, function.title);
        }
    }
    for (size_t i = 0; i < library_file_count; i++) {
        struct slice name = page_name(&library_files[i], PAGES_OF_HELP);
        struct slice text = {library_files[i].text, library_files[i].length};
        if (name.len && contains(text, word)) {
            buffer_format(&search.text, "%-11s %.*s\n", "help", (int)name.len,
                          name.at);
        }
    }
    if (search.text.len == 0) {
        buffer_format(&search.text, "nothing is about %.*s\n", (int)word.len,
                      word.at);
    }
    say(session, buffer_slice(&search.text));
    buffer_free(&search.text);
}

bool
help_statement(struct session *session, const struct node *statement)
{
    if (statement->kind == NODE_VERSION) {
        if (!session->checking) {
            say(session, SLICE("assay " ASSAY_VERSION "\n"));
        }
        return true;
    }
    if (statement->kind == NODE_APROPOS) {
        if (!session->checking) {
            apropos(session, topic_of(session, statement->kid[0]));
        }
        return true;
    }
    if (statement->kid[0]) {
        return help_topic(session, statement->kid[0]);
    }
    const struct library_file *page = page_find(PAGES_OF_HELP, SLICE("help"));
    if (!session->checking && page) {
        say_page(session, page);
    }
    return true;
}
