/* From a text to its statements, one at a time.
 *
 * The caller pulls: each call to parser_next() gives one statement or says that
 * one failed (its mistakes are in the diagnostics), so that a script of any
 * length needs the memory of its longest statement.  The same parser says
 * whether an entry at a prompt is finished and what could come next.
 */
#ifndef PARSER_PARSE_H
#define PARSER_PARSE_H

#include "lexer/lexer.h"
#include "parser/shape.h"
#include "parser/tree.h"

/* How long a statement may be; of a text or a name only the first bytes count,
 * which have limits of their own.  PARSER_ROOM_BYTES is enough for the fact,
 * the declaration or the `using` around one long part: a formula, a definition,
 * the parts of a group.  No such part that is kept may be longer than the rest,
 * so that what is kept can be written as a statement that is read. */
enum {
    PARSER_STATEMENT_BYTES = 1024 * 1024,
    PARSER_COUNTED_BYTES = 64,
    PARSER_ROOM_BYTES = 4096,
    PARSER_SHADOWED_MAX = 8
};

enum parse_status {
    PARSE_STATEMENT, /* a whole statement */
    PARSE_FAILED,    /* a statement with mistakes, which are reported */
    PARSE_END,       /* nothing more */
};

struct parser {
    struct lexer lexer;
    struct arena arena;   /* of the current statement; reset by the next */
    bool arena_is_shared; /* it holds more than that and is not reset */
    struct tree_builder builder;
    struct grammar_pstate *state;
    struct shape shape; /* of the last statements */
    bool is_plain;      /* the grammar reads them all, to compare */
    const struct sources *sources;
    size_t statement_bytes; /* limit */
    size_t passed_bytes;    /* of its texts and names, which do not count */
    struct span statement;  /* of the statement last given */
    int last_code;          /* of the token before */
    const bool *declared;   /* by atom of a keyword: it is a name too; NULL */
    struct span as_name;    /* this word is a name where one fits; or none */
    /* Words of the statement that were read as keywords and are names too. */
    struct span shadowed[PARSER_SHADOWED_MAX];
    size_t shadowed_count;
};

/* All three are borrowed and outlive the parser. */
void parser_init(struct parser *parser, struct atoms *atoms,
                 const struct sources *sources,
                 struct diagnostics *diagnostics);
void parser_free(struct parser *parser);

/* Begins SOURCE.  Returns false when it is not UTF-8 or holds a NUL, which is
 * reported. */
bool parser_start(struct parser *parser, const struct source *source);

/* Gives the next statement, which lives until the next call. */
enum parse_status parser_next(struct parser *parser,
                              const struct node **statement);

/* Parses the one statement of SOURCE into ARENA; NULL when it has mistakes or
 * is not one statement. */
const struct node *parse_statement(struct atoms *atoms,
                                   const struct sources *sources,
                                   const struct source *source,
                                   struct arena *arena,
                                   struct diagnostics *diagnostics);

enum entry_status {
    ENTRY_EMPTY,    /* blanks and comments */
    ENTRY_FINISHED, /* could run */
    ENTRY_OPEN,   /* waits for more; or a typed block, ended by a blank line */
    ENTRY_BROKEN, /* will not become right by going on */
};

/* What a text typed at a prompt is so far.  OPEN_WITH is set to what is open:
 * "(", "[", "\"", "rule", or "" when only words are missing. */
enum entry_status parser_entry(struct atoms *atoms, struct slice text,
                               const char **open_with);

/* What could stand behind TEXT: fills KEYWORDS, at most LIMIT, and says whether
 * a name fits.  Returns how many keywords there are.  For completion. */
size_t parser_next_words(struct atoms *atoms, struct slice text,
                         struct slice *keywords, size_t limit,
                         bool *takes_name);

/* Gives all names of a text in their order, keywords among them, up to its end
 * or a mistake. */
void parse_each_name(struct atoms *atoms, struct slice text,
                     void (*name)(void *context, atom name), void *context);

#endif
