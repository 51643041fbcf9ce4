/* The bytes on their way out: a buffer in front of the caller's callback.
 *
 * Formats append to OUTPUT.text and call output_step after each row.  A
 * failure of the callback is remembered, and nothing is written after it.
 */
#ifndef REPORT_OUTPUT_H
#define REPORT_OUTPUT_H

#include "base/buffer.h"
#include "report/report.h"

struct output {
    struct report_output target;
    struct buffer text; /* not yet handed over */
    bool failed;
};

/* Hands over what has gathered, if it is much.  False after a failure. */
bool output_step(struct output *output);

/* Hands over all.  False after a failure. */
bool output_flush(struct output *output);

#endif
