/* What a format is to the report: a sink and a way to finish.
 *
 * Each X_open makes the state of one format, which lives as long as its
 * report.  OPTIONS and OUTPUT are borrowed from the report; the options may
 * still change (as_of) until the first result.
 */
#ifndef REPORT_FORMAT_H
#define REPORT_FORMAT_H

#include "report/output.h"

struct format {
    struct result_sink sink;
    /* Writes a drawing, whole lines, and what is said below it; NULL in formats
     * for programs, which give the rows instead. */
    void (*chart)(void *context, struct slice drawing, struct slice remarks);
    /* Completes the document, also in the midst of a result, and frees the
     * state, which is the context of the sink. */
    void (*finish)(void *context);
};

struct format table_open(const struct report_options *options,
                         struct output *output);
struct format markdown_open(const struct report_options *options,
                            struct output *output);
struct format csv_format_open(const struct report_options *options,
                              struct output *output);
struct format json_open(const struct report_options *options,
                        struct output *output);

#endif
