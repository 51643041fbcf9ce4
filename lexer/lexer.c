#include "lexer/lexer.h"

#include "lexer/scan.h"

#include <stdlib.h>

/* Every keyword with its token, the two-word one included, in byte order. */
static const struct {
    const char *word;
    int code;
} keywords[] = {
    {"about", TOK_ABOUT},
    {"actor", TOK_ACTOR},
    {"and", TOK_AND},
    {"applicable", TOK_APPLICABLE},
    {"apropos", TOK_APROPOS},
    {"as", TOK_AS},
    {"as of", TOK_ASOF},
    {"be", TOK_BE},
    {"because", TOK_BECAUSE},
    {"bounds", TOK_BOUNDS},
    {"by", TOK_BY},
    {"calendar", TOK_CALENDAR},
    {"certainly", TOK_CERTAINLY},
    {"check", TOK_CHECK},
    {"claim", TOK_CLAIM},
    {"compare", TOK_COMPARE},
    {"conflicts", TOK_CONFLICTS},
    {"daily", TOK_DAILY},
    {"define", TOK_DEFINE},
    {"desc", TOK_DESC},
    {"describe", TOK_DESCRIBE},
    {"dimension", TOK_DIMENSION},
    {"down", TOK_DOWN},
    {"else", TOK_ELSE},
    {"empty", TOK_EMPTY},
    {"every", TOK_EVERY},
    {"exactly", TOK_EXACTLY},
    {"exit", TOK_QUIT},
    {"expect", TOK_EXPECT},
    {"explain", TOK_EXPLAIN},
    {"export", TOK_EXPORT},
    {"fail", TOK_FAIL},
    {"false", TOK_FALSE},
    {"flow", TOK_FLOW},
    {"for", TOK_FOR},
    {"forbid", TOK_FORBID},
    {"from", TOK_FROM},
    {"given", TOK_GIVEN},
    {"halfyearly", TOK_HALFYEARLY},
    {"help", TOK_HELP},
    {"history", TOK_HISTORY},
    {"if", TOK_IF},
    {"ignore", TOK_IGNORE},
    {"import", TOK_IMPORT},
    {"in", TOK_IN},
    {"include", TOK_INCLUDE},
    {"index", TOK_INDEX},
    {"kind", TOK_KIND},
    {"last", TOK_LAST},
    {"let", TOK_LET},
    {"like", TOK_LIKE},
    {"list", TOK_LIST},
    {"low", TOK_LOW},
    {"matches", TOK_MATCHES},
    {"may", TOK_MAY},
    {"member", TOK_MEMBER},
    {"members", TOK_MEMBERS},
    {"metric", TOK_METRIC},
    {"monthly", TOK_MONTHLY},
    {"named", TOK_NAMED},
    {"nearly", TOK_NEARLY},
    {"new", TOK_NEW},
    {"no", TOK_NO},
    {"not", TOK_NOT},
    {"note", TOK_NOTE},
    {"of", TOK_OF},
    {"on", TOK_ON},
    {"once", TOK_ONCE},
    {"only", TOK_ONLY},
    {"or", TOK_OR},
    {"other", TOK_OTHER},
    {"otherwise", TOK_OTHERWISE},
    {"over", TOK_OVER},
    {"owner", TOK_OWNER},
    {"param", TOK_PARAMDEF},
    {"pass", TOK_PASS},
    {"plot", TOK_PLOT},
    {"policy", TOK_POLICY},
    {"possibly", TOK_POSSIBLY},
    {"print", TOK_PRINT},
    {"quarterly", TOK_QUARTERLY},
    {"quit", TOK_QUIT},
    {"rate", TOK_RATE},
    {"record", TOK_RECORD},
    {"require", TOK_REQUIRE},
    {"retract", TOK_RETRACT},
    {"rule", TOK_RULE},
    {"sdmx", TOK_SDMX},
    {"see", TOK_SEE},
    {"set", TOK_SET},
    {"severity", TOK_SEVERITY},
    {"show", TOK_SHOW},
    {"sort", TOK_SORT},
    {"source", TOK_SOURCE},
    {"starts", TOK_STARTS},
    {"stated", TOK_STATED},
    {"stock", TOK_STOCK},
    {"symbol", TOK_SYMBOL},
    {"test", TOK_TEST},
    {"then", TOK_THEN},
    {"to", TOK_TO},
    {"top", TOK_TOP},
    {"true", TOK_TRUE},
    {"undo", TOK_UNDO},
    {"unit", TOK_UNIT},
    {"unknown", TOK_UNKNOWN},
    {"until", TOK_UNTIL},
    {"up", TOK_UP},
    {"url", TOK_URL},
    {"using", TOK_USING},
    {"version", TOK_VERSION},
    {"waive", TOK_WAIVE},
    {"warn", TOK_WARN},
    {"weekly", TOK_WEEKLY},
    {"when", TOK_WHEN},
    {"where", TOK_WHERE},
    {"why", TOK_WHY},
    {"wide", TOK_WIDE},
    {"with", TOK_WITH},
    {"within", TOK_WITHIN},
    {"yearly", TOK_YEARLY},
};

enum { KEYWORD_COUNT = sizeof keywords / sizeof *keywords };

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
        "about",      "actor",    "and",       "apropos",    "as",
        "as of",      "because",  "bounds",    "by",         "calendar",
        "certainly",  "check",    "claim",     "compare",    "conflicts",
        "daily",      "define",   "desc",      "describe",   "dimension",
        "down",       "else",     "exactly",   "explain",    "export",
        "false",      "flow",     "for",       "from",       "halfyearly",
        "help",       "history",  "if",        "import",     "in",
        "include",    "index",    "kind",      "last",       "like",
        "list",       "low",      "matches",   "member",     "members",
        "metric",     "monthly",  "nearly",    "not",        "note",
        "on",         "once",     "or",        "over",       "param",
        "plot",       "policy",   "possibly",  "print",      "quarterly",
        "quit",       "rate",     "record",    "retract",    "rule",
        "set",        "show",     "sort",      "source",     "stated",
        "stock",      "test",     "then",      "to",         "top",
        "true",       "undo",     "unit",      "unknown",    "up",
        "url",        "using",    "version",   "waive",      "weekly",
        "where",      "why",      "with",      "within",     "yearly"};
    *words = list;
    return sizeof list / sizeof *list;
}

void
lexer_init(struct lexer *lexer, struct atoms *atoms,
           struct diagnostics *diagnostics)
{
    *lexer = (struct lexer){.atoms = atoms, .diagnostics = diagnostics};
    lexer->keyword_codes = memory_alloc(KEYWORD_COUNT + 1);
    memset(lexer->keyword_codes, 0, KEYWORD_COUNT + 1);
    lexer->keyword_count = KEYWORD_COUNT + 1;
    for (size_t i = 0; i < KEYWORD_COUNT; i++) {
        atom name = atoms_intern(atoms, slice_of(keywords[i].word));
        lexer->keyword_codes[name] = (uint8_t)keywords[i].code;
    }
}

void
lexer_free(struct lexer *lexer)
{
    scan_finish(lexer);
    free(lexer->text);
    free(lexer->comments);
    free(lexer->keyword_codes);
    *lexer = (struct lexer){0};
}

void
lexer_start(struct lexer *lexer, const struct source *source)
{
    size_t len = source->text.len;
    size_t skip = len >= 3 && memcmp(source->text.at, "\xEF\xBB\xBF", 3) == 0
                      ? 3
                      : 0;
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

struct token
lexer_next(struct lexer *lexer, struct arena *arena)
{
    struct token token = {0};
    lexer->arena = arena;
    int code = scan_token(&token, lexer->scanner);
    if (code != TOK_STOP && code != TOK_YYEOF) {
        lexer->statement_open = true;
    }
    return token;
}

void
lexer_split(struct lexer *lexer, struct token *token)
{
    size_t extra = token->span.end - token->span.start - 2;
    scan_rewind(lexer, extra);
    scan_give_back(lexer, token, extra);
    token->value.name = atoms_intern(lexer->atoms, SLICE("as"));
}
