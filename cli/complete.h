/* What may be typed next: names and keywords from the session, and names of
 * files where a path is being written. */
#ifndef CLI_COMPLETE_H
#define CLI_COMPLETE_H

#include "eval/session.h"

enum { COMPLETE_MOST = 200 };

struct completions {
    struct arena arena; /* owns items and texts */
    struct completion *items;
    size_t count;
    size_t typed; /* bytes at the end of the text that the items replace */
};

void completions_init(struct completions *found);
void completions_free(struct completions *found);

/* Adds a copy; what goes beyond COMPLETE_MOST is dropped. */
void completions_add(struct completions *found, const char *word,
                     const char *note);

/* The letters with which all items begin, whole characters only. */
struct slice completions_shared(const struct completions *found);

/* Finds what may stand at the end of TEXT, an entry up to the cursor. */
void complete(struct session *session, struct slice text,
              struct completions *found);

/* Offers the files that a path may mean; PATH is what stands after the quote
 * so far. */
void complete_path(struct slice path, struct completions *found);

/* Is a path being written at the end of TEXT?  Then PATH is set to it.
 * IN_TEXT says whether any text is open there. */
bool complete_finds_path(struct slice text, struct slice *path, bool *in_text);

#endif
