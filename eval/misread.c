#include "eval/misread.h"

#include "stdlib/foreign.h"
#include "stdlib/function.h"

struct misread {
    const char *word;
    const char *help;
};

static const char clauses[] =
    "clauses stand behind what is asked for: show exports for 2019..2023 top 5";
static const char periods[] =
    "periods are no dimension: for 2019..2023 chooses them, and yearly(x) "
    "makes years of them";
static const char row_period[] =
    "the period of a row is called period: where period >= 2019";

/* In front of a metric, where a kind may stand. */
static const struct misread kinds[] = {
    {"for", clauses},
    {"by", clauses},
    {"where", clauses},
    {"top", clauses},
    {"last", clauses},
    {"sort", clauses},
    {"select", "a question begins with show: show exports for 2023"},
    {"distinct", "rows of an answer differ by their members and periods"},
};

static const struct misread dimensions[] = {
    {"year", periods},   {"years", periods}, {"quarter", periods},
    {"month", periods},  {"week", periods},  {"day", periods},
    {"period", periods}, {"date", periods},  {"time", periods},
};

static const struct misread metrics[] = {
    {"year", row_period},
    {"quarter", row_period},
    {"month", row_period},
    {"week", row_period},
    {"date", row_period},
    {"time", row_period},
    {"null", "what is not known is unknown, and is asked for with known(x)"},
    {"na", "what is not known is unknown, and is asked for with known(x)"},
    {"nan", "what is not known is unknown, and is asked for with known(x)"},
    {"none", "what is not known is unknown, and is asked for with known(x)"},
};

static const char *
find(const struct misread *words, size_t count, struct slice name)
{
    char plain[10] = {0};
    for (size_t i = 0; i < name.len && name.len < sizeof plain; i++) {
        char c = name.at[i];
        plain[i] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    for (size_t i = 0; i < count; i++) {
        if (strcmp(words[i].word, plain) == 0) {
            return words[i].help;
        }
    }
    return NULL;
}

#define FIND(words, name) find(words, sizeof words / sizeof *words, name)

static const char *
join(struct session *session, const char *before, const char *name,
     const char *after)
{
    struct buffer text = {0};
    buffer_format(&text, "%s%s%s", before, name, after);
    const char *copy = arena_copy(&session->scratch, text.text, text.len);
    buffer_free(&text);
    return copy;
}

static const char *
kind_help(struct session *session, atom name)
{
    const char *help = FIND(kinds, atoms_text(&session->atoms, name));
    if (help) {
        return help;
    }
    const char *chars = scope_chars(session, name);
    struct library_function function;
    if (scope_find(session, CLASS_DEFINITION, name) ||
        function_find(atoms_text(&session->atoms, name), &function)) {
        return join(session,
                    "what a function is given stands in brackets: ", chars,
                    "(x)");
    }
    if (vocabulary_find(session->vocabulary, CLASS_METRIC, name)) {
        return join(session, "`", chars,
                    "` is a metric, and the word behind it no clause: for, by, "
                    "where, sort by, top, as of");
    }
    return NULL;
}

const char *
misread_help(struct session *session, enum name_class class, atom name)
{
    struct slice text = atoms_text(&session->atoms, name);
    const char *chars = scope_chars(session, name);
    const char *written;
    switch ((int)class) {
    case CLASS_DEFINITION:
        written = foreign_function(text);
        return written ? join(session, "write ", written, "") : NULL;
    case CLASS_KIND:
        return kind_help(session, name);
    case CLASS_DIMENSION:
        return vocabulary_find(session->vocabulary, CLASS_METRIC, name)
                   ? join(session, "`", chars,
                          "` is a metric: rows are put in order with sort by")
                   : FIND(dimensions, text);
    case CLASS_METRIC:
        return FIND(metrics, text);
    case CLASS_MEMBER:
    case CLASS_ACTOR:
        return text.len == 4 && strspn(chars, "0123456789") == 4
                   ? join(session, "a period comes before the metric: ", chars,
                          " exports")
                   : NULL;
    default:
        return NULL;
    }
}
