#include "lexer/lexer.h"

#include "lexer/scan.h"

#include <stdlib.h>

/* Every keyword with its token, the two-word one included, in byte order.  The
 * letters are those of SDMX for frequencies. */
#define KEYWORDS(X)                                                            \
    X("A", YEARLY)                                                             \
    X("D", DAILY)                                                              \
    X("M", MONTHLY)                                                            \
    X("Q", QUARTERLY)                                                          \
    X("S", HALFYEARLY)                                                         \
    X("W", WEEKLY)                                                             \
    X("about", ABOUT)                                                          \
    X("actor", ACTOR)                                                          \
    X("analyze", ANALYZE)                                                      \
    X("and", AND)                                                              \
    X("applicable", APPLICABLE)                                                \
    X("apropos", APROPOS)                                                      \
    X("as", AS)                                                                \
    X("as of", ASOF)                                                           \
    X("be", BE)                                                                \
    X("because", BECAUSE)                                                      \
    X("bounds", BOUNDS)                                                        \
    X("by", BY)                                                                \
    X("calendar", CALENDAR)                                                    \
    X("certainly", CERTAINLY)                                                  \
    X("check", CHECK)                                                          \
    X("claim", CLAIM)                                                          \
    X("compare", COMPARE)                                                      \
    X("conflicts", CONFLICTS)                                                  \
    X("daily", DAILY)                                                          \
    X("define", DEFINE)                                                        \
    X("desc", DESC)                                                            \
    X("describe", DESCRIBE)                                                    \
    X("dimension", DIMENSION)                                                  \
    X("down", DOWN)                                                            \
    X("else", ELSE)                                                            \
    X("empty", EMPTY)                                                          \
    X("every", EVERY)                                                          \
    X("exactly", EXACTLY)                                                      \
    X("exit", QUIT)                                                            \
    X("expect", EXPECT)                                                        \
    X("explain", EXPLAIN)                                                      \
    X("export", EXPORT)                                                        \
    X("fail", FAIL)                                                            \
    X("false", FALSE)                                                          \
    X("flow", FLOW)                                                            \
    X("for", FOR)                                                              \
    X("forbid", FORBID)                                                        \
    X("from", FROM)                                                            \
    X("given", GIVEN)                                                          \
    X("halfyearly", HALFYEARLY)                                                \
    X("help", HELP)                                                            \
    X("history", HISTORY)                                                      \
    X("if", IF)                                                                \
    X("ignore", IGNORE)                                                        \
    X("import", IMPORT)                                                        \
    X("in", IN)                                                                \
    X("include", INCLUDE)                                                      \
    X("index", INDEX)                                                          \
    X("into", INTO)                                                            \
    X("kind", KIND)                                                            \
    X("last", LAST)                                                            \
    X("let", LET)                                                              \
    X("like", LIKE)                                                            \
    X("list", LIST)                                                            \
    X("low", LOW)                                                              \
    X("matches", MATCHES)                                                      \
    X("may", MAY)                                                              \
    X("member", MEMBER)                                                        \
    X("members", MEMBERS)                                                      \
    X("metric", METRIC)                                                        \
    X("monthly", MONTHLY)                                                      \
    X("named", NAMED)                                                          \
    X("nearly", NEARLY)                                                        \
    X("new", NEW)                                                              \
    X("no", NO)                                                                \
    X("not", NOT)                                                              \
    X("note", NOTE)                                                            \
    X("of", OF)                                                                \
    X("on", ON)                                                                \
    X("once", ONCE)                                                            \
    X("only", ONLY)                                                            \
    X("or", OR)                                                                \
    X("other", OTHER)                                                          \
    X("otherwise", OTHERWISE)                                                  \
    X("over", OVER)                                                            \
    X("owner", OWNER)                                                          \
    X("param", PARAMDEF)                                                       \
    X("pass", PASS)                                                            \
    X("plot", PLOT)                                                            \
    X("policy", POLICY)                                                        \
    X("possibly", POSSIBLY)                                                    \
    X("print", PRINT)                                                          \
    X("quarterly", QUARTERLY)                                                  \
    X("quit", QUIT)                                                            \
    X("rate", RATE)                                                            \
    X("record", RECORD)                                                        \
    X("require", REQUIRE)                                                      \
    X("retract", RETRACT)                                                      \
    X("rule", RULE)                                                            \
    X("sdmx", SDMX)                                                            \
    X("see", SEE)                                                              \
    X("set", SET)                                                              \
    X("severity", SEVERITY)                                                    \
    X("show", SHOW)                                                            \
    X("sort", SORT)                                                            \
    X("source", SOURCE)                                                        \
    X("starts", STARTS)                                                        \
    X("stated", STATED)                                                        \
    X("stock", STOCK)                                                          \
    X("symbol", SYMBOL)                                                        \
    X("test", TEST)                                                            \
    X("then", THEN)                                                            \
    X("to", TO)                                                                \
    X("top", TOP)                                                              \
    X("true", TRUE)                                                            \
    X("undo", UNDO)                                                            \
    X("unit", UNIT)                                                            \
    X("unknown", UNKNOWN)                                                      \
    X("until", UNTIL)                                                          \
    X("up", UP)                                                                \
    X("url", URL)                                                              \
    X("using", USING)                                                          \
    X("version", VERSION)                                                      \
    X("waive", WAIVE)                                                          \
    X("warn", WARN)                                                            \
    X("weekly", WEEKLY)                                                        \
    X("when", WHEN)                                                            \
    X("where", WHERE)                                                          \
    X("why", WHY)                                                              \
    X("wide", WIDE)                                                            \
    X("with", WITH)                                                            \
    X("within", WITHIN)                                                        \
    X("yearly", YEARLY)

static const struct {
    const char *word;
    int code;
} keywords[] = {
#define X(word, code) {word, TOK_##code},
    KEYWORDS(X)
#undef X
};

/* The same by atom: keywords are the first names. */
const uint8_t lexer_keyword_codes[] = {0,
#define X(word, code) TOK_##code,
                                       KEYWORDS(X)
#undef X
};

enum { KEYWORD_COUNT = sizeof keywords / sizeof *keywords };

_Static_assert(KEYWORD_COUNT + 1 == LEXER_KEYWORDS_END,
               "atoms below it are keywords");

int
lexer_keyword_find(struct slice word)
{
    size_t low = 0;
    size_t high = KEYWORD_COUNT;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = slice_compare(word, slice_of(keywords[middle].word));
        if (order == 0) {
            return keywords[middle].code;
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return 0;
}

size_t
lexer_keyword_list(const char *const **words)
{
    static const char *const list[] = {
        "about",     "actor",   "analyze", "and",      "apropos",  "as",
        "as of",     "because", "bounds",  "by",       "calendar",
        "certainly", "check",   "claim",   "compare",  "conflicts",
        "daily",     "define",  "desc",    "describe", "dimension",
        "down",      "else",    "exactly", "explain",  "export",
        "false",     "flow",    "for",     "from",     "halfyearly",
        "help",      "history", "if",      "import",   "in",
        "include",   "index",   "into",    "kind",     "last",
        "like",      "list",    "low",     "matches",  "member",
        "members",   "metric",  "monthly", "nearly",   "not",
        "note",      "on",      "once",    "or",       "over",
        "param",     "plot",    "policy",  "possibly", "print",
        "quarterly", "quit",    "rate",    "record",   "retract",
        "rule",      "set",     "show",    "sort",     "source",
        "stated",    "stock",   "test",    "then",     "to",
        "top",       "true",    "undo",    "unit",     "unknown",
        "up",        "url",     "using",   "version",  "waive",
        "weekly",    "where",   "why",     "with",     "within",
        "yearly"};
    *words = list;
    return sizeof list / sizeof *list;
}

void
lexer_init(struct lexer *lexer, struct atoms *atoms,
           struct diagnostics *diagnostics)
{
    *lexer = (struct lexer){.atoms = atoms, .diagnostics = diagnostics};
    if (atoms->count == 1) {
        for (size_t i = 0; i < KEYWORD_COUNT; i++) {
            atoms_intern(atoms, slice_of(keywords[i].word));
        }
    }
}

void
lexer_free(struct lexer *lexer)
{
    scan_finish(lexer);
    free(lexer->text);
    free(lexer->comments);
    *lexer = (struct lexer){0};
}

void
lexer_start(struct lexer *lexer, const struct source *source)
{
    size_t len = source->text.len;
    size_t skip =
        len >= 3 && memcmp(source->text.at, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    free(lexer->text);
    /* flex writes into the text that it scans. */
    lexer->text = memory_alloc(len + 2);
    memcpy(lexer->text, source->text.at, len + 2);
    scan_start(lexer, lexer->text + skip, len - skip);
    lexer->source = source;
    lexer->at = source->base + (uint32_t)skip;
    lexer->statement_open = false;
    lexer->open_count = 0;
    lexer->too_deep = false;
    lexer->comment_count = 0;
}

void
lexer_next(struct lexer *lexer, struct arena *arena, struct token *token)
{
    *token = (struct token){0};
    lexer->arena = arena;
    int code = scan_token(token, lexer->scanner);
    if (code != TOK_STOP && code != TOK_YYEOF) {
        lexer->statement_open = true;
    }
}

void
lexer_split(struct lexer *lexer, struct token *token)
{
    size_t extra = token->span.end - token->span.start - 2;
    scan_rewind(lexer, extra);
    scan_give_back(lexer, token, extra);
    token->value.name = atoms_intern(lexer->atoms, SLICE("as"));
}
