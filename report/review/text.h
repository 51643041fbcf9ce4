/* Lines for a terminal: colours, and long texts broken at blanks.  Private to
 * report/review/. */
#ifndef REPORT_REVIEW_TEXT_H
#define REPORT_REVIEW_TEXT_H

#include "report/review/parts.h"

enum paint {
    PAINT_ERROR,
    PAINT_WARNING,
    PAINT_INFO,
    PAINT_GOOD,
    PAINT_BOLD,
    PAINT_FAINT
};

/* Appends the sequence that begins or ends a colour, if colours are wanted. */
void paint_on(const struct writer *writer, enum paint paint);
void paint_off(const struct writer *writer);

/* Appends TEXT, whose line breaks are kept and whose other hidden characters
 * are escaped, as lines with INDENT blanks in front, broken at blanks to the
 * width of the options.  The first line begins at cell AT, where the output
 * stands already. */
void add_wrapped(const struct writer *writer, const char *text, size_t at,
                 size_t indent);

/* Appends "   = LABEL: TEXT" as lines; nothing when there is no text. */
void add_remark(const struct writer *writer, const char *label,
                const char *text);

/* Appends the figures behind a verdict, a row each, in aligned columns. */
void add_facts(const struct writer *writer, const struct review_fact *facts,
               size_t count, size_t left);

/* Appends a line with the outcome, in the colour of its status. */
void add_outcome(const struct writer *writer, enum review_status status,
                 const char *outcome);

#endif
