/* Words and codes in cells and headers for what the language has: kinds and
 * units. */
#include "eval/import/guess.h"

#include "parser/print.h"

#include <ctype.h>

/* Codes that statistical offices agree on, and words for the same. */
const char *
kind_of_code(struct slice code)
{
    static const struct {
        const char *code;
        const char *kind;
    } codes[] = {
        {"a", "actual"},           {"act", "actual"},
        {"actual", "actual"},      {"actuals", "actual"},
        {"observed", "actual"},    {"final", "actual"},
        {"history", "actual"},     {"historical", "actual"},
        {"f", "forecast"},         {"fc", "forecast"},
        {"fcst", "forecast"},      {"forecast", "forecast"},
        {"projected", "forecast"}, {"projection", "forecast"},
        {"e", "estimate"},         {"est", "estimate"},
        {"estimate", "estimate"},  {"estimated", "estimate"},
        {"target", "target"},      {"goal", "target"},
        {"pledge", "pledge"},
    };
    char lower[16];
    if (code.len >= sizeof lower) {
        return NULL;
    }
    for (size_t i = 0; i < code.len; i++) {
        lower[i] = (char)tolower((unsigned char)code.at[i]);
    }
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (slice_is((struct slice){lower, code.len}, codes[i].code)) {
            return codes[i].kind;
        }
    }
    return NULL;
}

/* The next word of a text: letters and digits, or one other character. */
static bool
next_word(struct slice *text, struct slice *word)
{
    while (text->len && !isalnum((unsigned char)text->at[0]) &&
           !(text->at[0] & 0x80) && !strchr("%$", text->at[0])) {
        *text = (struct slice){text->at + 1, text->len - 1};
    }
    size_t len = 0;
    while (len < text->len && isalnum((unsigned char)text->at[len])) {
        len++;
    }
    while (len == 0 || (len < text->len && (text->at[len] & 0xC0) == 0x80)) {
        if (len >= text->len) {
            return false;
        }
        len++;
    }
    *word = (struct slice){text->at, len};
    *text = (struct slice){text->at + len, text->len - len};
    return true;
}

static const struct {
    const char *word;
    const char *unit;
} unit_words[] = {
    {"$", "USD"},
    {"\u20AC", "EUR"},
    {"\u00A3", "GBP"},
    {"\u00A5", "JPY"},
    {"\u20A9", "KRW"},
    {"thousand", "K"},
    {"thousands", "K"},
    {"mn", "M"},
    {"mln", "M"},
    {"mio", "M"},
    {"million", "M"},
    {"millions", "M"},
    {"bn", "B"},
    {"bln", "B"},
    {"billion", "B"},
    {"billions", "B"},
    {"trillion", "T"},
    {"trillions", "T"},
    {"percent", "%"},
    {"pct", "%"},
    {"percentage", "%"},
    {"dollar", "USD"},
    {"dollars", "USD"},
    {"euro", "EUR"},
    {"euros", "EUR"},
    {"pounds", "GBP"},
    {"yen", "JPY"},
    {"won", "KRW"},
    {"persons", "person"},
    {"people", "person"},
    {"inhabitants", "person"},
    {"jobs", "job"},
    {"households", "household"},
    {"tonnes", "tonne"},
    {"tons", "tonne"},
    {"kilograms", "kg"},
    {"barrels", "barrel"},
    {"hours", "hour"},
};

static const char *
unit_word(struct slice lower)
{
    for (size_t i = 0; i < sizeof unit_words / sizeof *unit_words; i++) {
        if (slice_is(lower, unit_words[i].word)) {
            return unit_words[i].unit;
        }
    }
    return NULL;
}

/* The unit that a word names: kg, usd, $. */
static bool
find_unit(struct session *session, struct slice word, char *name, size_t room)
{
    struct units *units = &session->vocabulary->units;
    atom exact = atoms_intern(&session->atoms, word);
    unit_id id = INDEX_NONE;
    if (word.len > 1 && word.len < room && !isdigit((unsigned char)*word.at)) {
        id = scope_find_unit(session, exact);
    }
    if (id == INDEX_NONE && word.len == 3) { /* a currency in small letters */
        char upper[4] = "";
        for (size_t i = 0; i < 3; i++) {
            upper[i] = (char)toupper((unsigned char)word.at[i]);
        }
        id = scope_find_unit(session,
                             atoms_intern(&session->atoms, slice_of(upper)));
    }
    if (id == INDEX_NONE) {
        id = units_find_symbol(units, exact);
    }
    if (id == INDEX_NONE || id == 0) {
        return false;
    }
    struct slice found = atoms_text(&session->atoms, units->items[id].name);
    if (found.len >= room) {
        return false;
    }
    memcpy(name, found.at, found.len);
    name[found.len] = '\0';
    return true;
}

bool
unit_of_words(struct session *session, struct slice text, struct buffer *unit,
              bool *rate)
{
    const char *scale = "";
    char name[32] = "";
    struct slice word;
    *rate = false;
    while (next_word(&text, &word)) {
        char lower[16] = "";
        for (size_t i = 0; i < word.len && word.len < sizeof lower; i++) {
            lower[i] = (char)tolower((unsigned char)word.at[i]);
        }
        const char *known = unit_word(slice_of(lower));
        if (slice_is(word, "%") || (known && *known == '%')) {
            *rate = true;
        } else if (known && known[1] == '\0') {
            scale = known;
        } else if (known) {
            memcpy(name, known, strlen(known) + 1);
        } else if (!*name) {
            find_unit(session, word, name, sizeof name);
        }
    }
    if (*rate) {
        buffer_add_char(unit, '%');
    } else if (*name || *scale) {
        buffer_format(unit, "%s%s", scale, *scale && *name ? " " : "");
        if (*name) {
            print_name(unit, slice_of(name));
        }
    }
    return *rate || *name || *scale;
}
