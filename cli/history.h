/* What was typed at the prompt, kept from one session to the next.
 *
 * The file holds one entry a line, newlines written \n and backslashes \\, so
 * that it can be read and searched.  An entry is written before it runs; a
 * process that is killed loses nothing, and a line that it left unfinished
 * is not taken up.  Where no file can be had, nothing is said and nothing is
 * kept.
 */
#ifndef CLI_HISTORY_H
#define CLI_HISTORY_H

#include "base/buffer.h"

enum {
    HISTORY_MOST = 2000,       /* entries kept */
    HISTORY_ENTRY = 64 * 1024, /* bytes of an entry; longer ones are not kept */
};

struct history {
    struct buffer path; /* empty: nothing is kept */
    struct buffer last; /* the entry before, which is not kept twice */
};

/* Finds the file, makes its folders, and offers its entries, oldest first. */
void history_open(struct history *history, void (*offer)(const char *entry));
void history_close(struct history *history);

/* Keeps ENTRY.  Returns false when it is the one before it again. */
bool history_keep(struct history *history, struct slice entry);

/* Appends NAME in the folder that the variable BASE names, else in FALLBACK
 * below the home folder; false when there is neither. */
bool history_path(struct buffer *path, const char *base, const char *fallback,
                  const char *name);

#endif
