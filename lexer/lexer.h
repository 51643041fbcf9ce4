/* From characters to tokens.
 *
 * The lexer knows the layout rules (where a statement ends), the literals and
 * the slips that people make; it knows no grammar.  A word comes out as NAME
 * with its atom; lexer_keyword() says which keyword it could be, and the caller
 * asks the parser which of the two it is here.
 */
#ifndef LEXER_LEXER_H
#define LEXER_LEXER_H

#include "base/diagnostic.h"
#include "lexer/literal.h"

enum { LEXER_NESTING_MAX = 200, LEXER_KEYWORDS_END = 130 };

/* By atom below LEXER_KEYWORDS_END: token codes. */
extern const uint8_t lexer_keyword_codes[];

struct token {
    int code;    /* of the grammar; TOK_YYEOF at the end */
    bool quoted; /* a name in backquotes, never a keyword */
    struct span span;
    struct literal value;
};

struct comment {
    struct span span; /* from # up to the newline */
    bool own_line;    /* nothing but blanks before it */
};

struct lexer {
    struct atoms *atoms;
    struct arena *arena; /* of the current statement */
    struct diagnostics *diagnostics;
    const struct source *source;
    void *scanner; /* owns flex's state */
    char *text;    /* owns the copy that flex scans */
    void *scan_buffer;
    uint32_t at;         /* place of the next byte to scan */
    bool statement_open; /* a token has come since the last STOP */
    bool at_line_start;
    struct span open[LEXER_NESTING_MAX]; /* the brackets that are open */
    size_t open_count;
    bool too_deep;
    struct comment *comments; /* of the source so far, in order */
    size_t comment_count;
    size_t comment_capacity;
    bool keep_comments;
};

/* ATOMS must be new or already hold the keywords: they are its first names. */
void lexer_init(struct lexer *lexer, struct atoms *atoms,
                struct diagnostics *diagnostics);
void lexer_free(struct lexer *lexer);

/* Begins SOURCE; what was left of another one is forgotten. */
void lexer_start(struct lexer *lexer, const struct source *source);

/* Reads the next token into TOKEN.  A mistake in the text is reported and gives
 * the error token of the grammar. */
void lexer_next(struct lexer *lexer, struct arena *arena, struct token *token);

/* The keyword that a name could be, as a token code; 0 when it can be none. */
static inline int
lexer_keyword(atom name)
{
    return name < LEXER_KEYWORDS_END ? lexer_keyword_codes[name] : 0;
}

/* The same for a word as text, without a lexer. */
int lexer_keyword_find(struct slice word);

/* Gives back the second word of a two-word keyword ("as of") whose token is
 * not wanted: it becomes the name of its first word. */
void lexer_split(struct lexer *lexer, struct token *token);

/* The words that are keywords somewhere, for completion and help. */
size_t lexer_keyword_list(const char *const **words);

#endif
