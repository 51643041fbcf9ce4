/* Markdown documents of a review: their blocks become inputs, and what these
 * print is compared with what is shown, or takes its place. */
#ifndef CLI_DOCUMENT_H
#define CLI_DOCUMENT_H

#include "base/markdown.h"
#include "cli/inputs.h"
#include "report/report.h"

/* Is the file a document, by its name? */
bool document_is(const char *path);

/* Appends the blocks of the document at PATH that are marked `assay` to
 * INPUTS, and takes TEXT, which becomes part of these.  Warns of a document in
 * which nothing runs. */
void document_add(struct cli *cli, struct inputs *inputs, const char *path,
                  struct buffer *text);

/* What blocks print, caught. */
struct printed {
    struct cli *cli;
    const struct inputs *inputs;
    struct buffer *texts; /* beside the items of INPUTS */
    struct buffer now;
    struct report *report;
    struct result_sink sink; /* begins a report when something comes */
    struct review_answers answers;
};

void printed_open(struct printed *printed, struct cli *cli,
                  const struct inputs *inputs);
void printed_free(struct printed *printed);

/* Writes what was printed into the documents, where it is something else than
 * they show; false after a report. */
bool documents_accept(const struct printed *printed);

#endif
