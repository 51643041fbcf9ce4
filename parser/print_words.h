/* A statement on its way to paper: words in order, and where lines may break.
 * Private to the printer.
 *
 * The forms of print.c and print_expr.c put words; print_names.c then decides
 * which of them need backquotes; print_lines.c makes lines of them.  What
 * stands between two breaks is a segment: the comments of a source are bound
 * to segments, which is why a break knows its place.
 */
#ifndef PARSER_PRINT_WORDS_H
#define PARSER_PRINT_WORDS_H

#include "parser/print.h"

enum print_break {
    PRINT_STAY,   /* no line may begin here */
    PRINT_FILL,   /* a line begins here when the last one is full */
    PRINT_CLAUSE, /* a line begins here when any does on this level */
};

enum print_name {
    PRINT_TEXT,    /* no name, or one that is bare everywhere */
    PRINT_QUOTED,  /* in backquotes */
    PRINT_KEYWORD, /* a keyword somewhere: print_decide_names() is asked */
};

struct print_word {
    uint32_t start; /* in the printer's text */
    uint32_t len;
    uint32_t place;  /* of a break: where its segment begins in the source */
    uint32_t column; /* where it ends when all stands on one line */
    uint32_t forced; /* forced breaks up to here */
    uint16_t level;  /* of a break: lower ones are taken first */
    uint8_t break_before; /* enum print_break */
    uint8_t name;         /* enum print_name */
    bool tight;           /* no blank before it */
    bool force;           /* a line begins here in any case */
};

struct printer {
    const struct atoms *atoms;
    const struct sources *sources;
    struct buffer text;
    struct print_word *words;
    size_t count;
    size_t capacity;
    unsigned depth;         /* level of the breaks being put */
    unsigned brackets;      /* open ones */
    unsigned follow;        /* precedence of what is behind an expression */
    bool keywords;          /* some word is PRINT_KEYWORD */
    struct print_word next; /* what is known of the next word */
};

/* A comment in its slot: 2 * S is a line of its own before segment S, 2 * S + 1
 * is behind segment S.  In order of slots, one at most in each odd slot. */
struct print_comment {
    struct slice text;
    size_t slot;
};

void printer_init(struct printer *printer, const struct atoms *atoms,
                  const struct sources *sources);
void printer_free(struct printer *printer);

/* Puts one word behind the others, with a blank between. */
void print_put(struct printer *printer, struct slice word);
void print_put_text(struct printer *printer, const char *word);

/* These tell about the next word. */
void print_tight(struct printer *printer);
void print_break(struct printer *printer, enum print_break kind,
                 uint32_t place);

static inline bool
print_is(const struct node *node, enum node_kind kind)
{
    return node->kind == kind;
}

/* The kid in SLOT, NULL when the node has no such slot. */
static inline const struct node *
print_kid(const struct node *node, unsigned slot)
{
    return slot < node->kid_count ? node->kid[slot] : NULL;
}

/* Forms (print.c). */
void print_node(struct printer *printer, const struct node *node);
void print_form(struct printer *printer, const struct node *node,
                const char *form);

/* Puts a list with commas, with PUT for its elements. */
void print_list(struct printer *printer, const struct node *first,
                void (*put)(struct printer *, const struct node *));

/* Literals (print_literals.c) and expressions (print_expr.c); each returns
 * false for a kind that is none. */
bool print_literal(struct printer *printer, const struct node *node);
bool print_value(struct printer *printer, const struct node *node);

/* Puts an expression, a condition in parentheses. */
void print_arith(struct printer *printer, const struct node *node);
void print_between(struct printer *printer, const struct node *node);

/* Names (print_names.c). */
void print_put_name(struct printer *printer, const struct node *name);
void print_put_member(struct printer *printer, const struct node *member);
void print_put_code(struct printer *printer, const struct node *code);

/* Settles the words that are PRINT_KEYWORD: each becomes PRINT_QUOTED when the
 * parser would take it as a keyword behind one of CONTEXTS and the words before
 * it.  CONTEXTS ends with NULL. */
void print_decide_names(struct printer *printer, const char *const *contexts);

/* Lines (print_lines.c). */
void print_one_line(const struct printer *printer, struct buffer *buffer);
void print_lines(struct printer *printer, const struct print_comment *comments,
                 size_t count, struct buffer *buffer);

/* Puts a whole statement, its names decided (print.c). */
void print_put_statement(struct printer *printer, const struct node *statement);

#endif
