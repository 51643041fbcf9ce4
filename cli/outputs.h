/* What a review writes: reports, a baseline, the summary of a run on GitHub. */
#ifndef CLI_OUTPUTS_H
#define CLI_OUTPUTS_H

#include "cli/inputs.h"

/* May all that the options name be written?  No report may take the place of
 * what the review reads (INPUTS, the fact bases, the baseline) or of another
 * fact base, nor may two go to one file or both to standard output; an older
 * report is replaced.  Reads nothing but names.  False after a report. */
bool outputs_may_be_written(struct cli *cli, const struct inputs *inputs);

#endif
