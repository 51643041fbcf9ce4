/* What the patterns of scan.l do.  Private to this folder. */
#ifndef LEXER_SCAN_H
#define LEXER_SCAN_H

#include "lexer/lexer.h"
#include "parser/grammar.tab.h"

#include <stdlib.h>

/* flex's side (scan.l). */
int scan_token(struct token *token, void *scanner);
void scan_start(struct lexer *lexer, char *text, size_t len);
void scan_finish(struct lexer *lexer);
void scan_rewind(struct lexer *lexer, size_t count);

/* Counts the bytes of a match into the token's span, or some of them back. */
static inline void
scan_advance(struct lexer *lexer, struct token *token, size_t len)
{
    token->span.start = lexer->at;
    lexer->at += (uint32_t)len;
    token->span.end = lexer->at;
}

static inline void
scan_give_back(struct lexer *lexer, struct token *token, size_t len)
{
    lexer->at -= (uint32_t)len;
    token->span.end = lexer->at;
}

static inline int
scan_sign(struct token *token, int code)
{
    return token->code = code;
}

/* Layout (layout.c). */
void scan_skip(struct lexer *lexer);
void scan_comment(struct lexer *lexer, const struct token *token);
bool scan_newline(struct lexer *lexer, struct token *token, struct slice text);
bool scan_stop(struct lexer *lexer, struct token *token);
int scan_end(struct lexer *lexer, struct token *token);
int scan_open(struct lexer *lexer, struct token *token, int code);
int scan_close(struct lexer *lexer, struct token *token, int code);

/* Literals and words (words.c). */
int scan_integer(struct lexer *lexer, struct token *token, struct slice text);
int scan_literal(struct lexer *lexer, struct token *token, struct slice text);
int scan_money(struct lexer *lexer, struct token *token, struct slice text);
int scan_range(struct lexer *lexer, struct token *token, struct slice text);
/* In 9..$limit the first number ends before the dots, which join it to what is
 * no literal. */
size_t scan_before_dots(struct slice text);
/* In 5 USD..10 USD the dots stand against what is before them: they join two
 * values and begin no range that is open at its left. */
bool scan_joins(const struct lexer *lexer, const struct token *token,
                struct slice text);
int scan_param(struct lexer *lexer, struct token *token, struct slice text);
int scan_string(struct lexer *lexer, struct token *token, struct slice text);
int scan_quoted(struct lexer *lexer, struct token *token, struct slice text);
int scan_word(struct lexer *lexer, struct token *token, struct slice text);
int scan_word_pair(struct lexer *lexer, struct token *token);
int scan_unicode(struct lexer *lexer, struct token *token, struct slice text);

/* Bytes of TEXT (a number, blanks, a word) that are the number: all of them
 * when the word is a scale; 0 when it is one that could be read in two ways,
 * which the next reports. */
size_t scan_scale_word(struct slice text);
int scan_long_scale(struct lexer *lexer, struct token *token);

/* Bytes of TEXT that make a name; at least one character. */
size_t scan_name_length(struct slice text);

/* Slips (slips.c): each reports one and returns the error token. */
int scan_odd_period(struct lexer *lexer, struct token *token,
                    struct slice text);
int scan_thousands(struct lexer *lexer, struct token *token, struct slice text);
/* 4,5 inside brackets is a list of two; elsewhere a decimal comma. */
bool scan_is_list(const struct lexer *lexer);
size_t scan_before_comma(struct slice text);
int scan_decimal_comma(struct lexer *lexer, struct token *token,
                       struct slice text);
int scan_unclosed(struct lexer *lexer, struct token *token, struct slice text);
int scan_stray(struct lexer *lexer, struct token *token, struct slice text);
int scan_bad_literal(struct lexer *lexer, struct token *token,
                     struct slice text, enum literal_status status);

#endif
