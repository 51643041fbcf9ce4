/* A session: a vocabulary, a fact base, what is in context, and the texts that
 * are run in it.  It is the whole of the library that a client needs: it prints
 * nothing, exits never, and two of them do not know of one another.
 */
#ifndef EVAL_SESSION_H
#define EVAL_SESSION_H

#include "base/diagnostic.h"
#include "eval/result.h"

struct session;

struct session_options {
    const char *facts; /* path of the fact base; NULL: in memory */
    bool read_only;
    bool strict;         /* an unknown name is an error, never declared */
    bool interactive;    /* a prompt: `as of` is today, blocks are kept open */
    bool bounds;         /* digits follow the bounds: all formats but CSV */
    bool writes_files;   /* `export` may write: what runs is a person's own */
    bool passes_exports; /* `export` is checked and writes nothing: a text is
                          * read for its facts */
    bool ascii;          /* texts that are made here are of ASCII alone */
    bool owns_params;    /* what --set gives is meant for these texts, and one
                          * of them knows it */
    bool people;         /* tables for people: what goes without saying is left
                       * out */
    day_number as_of;    /* DAY_NONE: today at a prompt, else the latest date */
    day_number today;    /* the date at a prompt; the client knows the clock */
    const char *reject;  /* file for records that cannot be imported; NULL: they
                         * are errors */
    /* Told now and then how much of an import is done, in no unit of its own;
     * TOTAL is 0 when that is not known, and at its end.  May be NULL. */
    void (*progress)(void *context, uint64_t done, uint64_t total);
    void *progress_context;
    bool (*out_of_time)(void); /* was it the budget of time that interrupted?
                                * May be NULL */
    bool review;               /* facts lie over the base and are forgotten */
    bool states_nothing;       /* ... and facts of the texts are left out */
    bool named_files_only;     /* other files than those named are not read */
    char *const *named_files;
    size_t named_file_count;
};

/* Ordered so that the worst of several runs is the largest. */
enum run_status {
    RUN_DONE,
    RUN_UNDECIDED,   /* a check was unknown */
    RUN_FALSE,       /* a check was false */
    RUN_WRONG,       /* the text or its input is wrong */
    RUN_SYSTEM,      /* the fact base or the system failed */
    RUN_INTERRUPTED, /* session_interrupt was called */
};

/* Opens a session; NULL when the fact base cannot be opened, which is then in
 * DIAGNOSTICS (borrowed; it outlives the session). */
struct session *session_open(const struct session_options *options,
                             struct diagnostics *diagnostics);
void session_close(struct session *session);

/* Runs TEXT as one transaction: it lands whole or not at all.  NAME is how
 * messages call it.  Answers go to SINK, messages to the session's
 * diagnostics. */
enum run_status session_run(struct session *session, const char *name,
                            struct slice text, const struct result_sink *sink);

/* Runs the file at PATH ("-" for standard input is the client's affair). */
enum run_status session_run_file(struct session *session, const char *path,
                                 const struct result_sink *sink);

/* Reads all inputs of a review, judges what they say with its rules, and
 * forgets them; eval/review.h says the rest.  REVIEW is initialised; its
 * outcome says when there is no verdict, and why stands in the diagnostics. */
struct review;
struct review_request;
enum run_status session_review(struct session *session,
                               const struct review_request *request,
                               struct review *review);

/* Runs the test blocks of all inputs, each on facts of its own; what the inputs
 * state gives names only. */
struct review_input;
struct review_tests;
enum run_status session_test(struct session *session,
                             const struct review_input *inputs, size_t count,
                             struct review_tests *tests);

/* How facts and names are written. */
enum export_form {
    EXPORT_FORM_ASSAY, /* both, as statements that can be run */
    EXPORT_FORM_CSV,   /* the facts, as a table that can be imported */
    EXPORT_FORM_TSV,   /* the same, with tabs between the cells */
    EXPORT_FORM_SDMX,  /* the facts, as SDMX-CSV 2.0 */
    EXPORT_FORM_NAMES, /* the names, as statements */
};

/* Where the text goes.  WRITE returns false when it can take no more. */
struct export_sink {
    void *context;
    bool (*write)(void *context, const char *bytes, size_t len);
    bool packed; /* it takes what gzip unpacks */
};

/* The form that the ending of a file's name tells; false when it tells none. */
bool export_form_of(const char *path, enum export_form *form);

/* Does the name say that the file is packed by gzip? */
bool export_is_packed(const char *path);

/* Why the file at PATH may not be replaced: it is a fact base, or the session
 * was read from it.  NULL when it may. */
const char *session_may_not_replace(const struct session *session,
                                    const char *path);

/* Writes what the session holds.  A sink that fails is RUN_WRONG without a
 * message, for the client to report. */
enum run_status session_export(struct session *session, enum export_form form,
                               const struct export_sink *sink);
/* Is the file at PATH a table whose header is that of SDMX-CSV?  It is opened
 * and read again, so it should be no pipe. */
bool session_is_sdmx(const char *path);

/* Appends to TEXT statements that import the files at PATHS, as far as they can
 * be guessed: declarations that the base lacks, and an import of each.  False
 * after a report. */
bool session_guess(struct session *session, char *const *paths, size_t count,
                   struct buffer *text);

/* True once a text has said `quit`. */
bool session_quits(const struct session *session);

/* Gives a parameter the value that stands in TEXT, as --set does. */
bool session_set_param(struct session *session, const char *name,
                       const char *text);

/* Says whether further texts follow the next one: a parameter that it does not
 * know may be theirs. */
void session_expect_more(struct session *session, bool more);

/* Asks the running statement to stop; may be called from a signal handler or
 * another thread. */
void session_interrupt(struct session *session);

/* The texts and names of the session, for rendering and the parser. */
const struct sources *session_sources(const struct session *session);
struct atoms *session_atoms(struct session *session);

/* The date against which the last run judged; DAY_NONE while no fact has a
 * date. */
day_number session_as_of(const struct session *session);

/* True when facts live in memory only and there are some. */
bool session_is_unsaved(const struct session *session);

/* What may be completed at the end of TEXT. */
struct completion {
    const char *word; /* as it is inserted, backquoted where needed */
    const char *note; /* its title or class; may be NULL */
};

/* Calls OFFER for what could stand at the end of TEXT, best first, at most
 * LIMIT times; each begins with the letters already typed.  Returns how many
 * bytes of TEXT those letters are. */
size_t session_complete(struct session *session, struct slice text,
                        size_t limit,
                        void (*offer)(void *context,
                                      const struct completion *completion),
                        void *context);

#endif
