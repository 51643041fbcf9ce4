/* `assay verify`: is a fact base as it was written? */
#include "eval/verify.h"
#include "base/utf8.h"
#include "cli/cli.h"
#include "cli/progress.h"

#include <inttypes.h>
#include <stdio.h>

/* 229,589 */
static void
add_grouped(struct buffer *text, uint64_t number)
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%" PRIu64, number);
    for (int i = 0; i < len; i++) {
        if (i && (len - i) % 3 == 0) {
            buffer_add_char(text, ',');
        }
        buffer_add_char(text, digits[i]);
    }
}

static void
add_count(struct buffer *text, uint64_t count, const char *one,
          const char *many)
{
    add_grouped(text, count);
    buffer_format(text, " %s", count == 1 ? one : many);
}

/* A text of the base stands in it: it must not drive a terminal. */
static void
take_fault(void *context, const char *fault)
{
    struct buffer *faults = context;
    buffer_add_text(faults, "  ");
    utf8_add_visible(faults, slice_of(fault));
    buffer_add_char(faults, '\n');
}

static void
add_inventory(struct buffer *text, const struct verification *found)
{
    add_count(text, (uint64_t)found->facts, "fact", "facts");
    if (found->gone) {
        buffer_add_text(text, " (and ");
        add_grouped(text, (uint64_t)found->gone);
        buffer_add_text(text, " taken back)");
    }
    buffer_add_text(text, ", ");
    add_count(text, (uint64_t)found->metrics, "metric", "metrics");
    buffer_add_text(text, ", ");
    add_count(text, (uint64_t)found->batches, "batch", "batches");
    buffer_add_text(text, ": ");
}

/* "facts.db: 229,589 facts, 7 metrics, 3 batches: sound" */
static void
add_summary(struct buffer *text, const char *path,
            const struct verification *found)
{
    utf8_add_visible(text, slice_of(path));
    buffer_add_text(text, ": ");
    if (found->counted) {
        add_inventory(text, found);
    }
    if (found->faults) {
        add_count(text, found->faults, "fault", "faults");
    } else {
        buffer_add_text(text, "sound");
    }
    buffer_add_char(text, '\n');
}

static const char *
name_base(struct cli *cli)
{
    const struct options *options = &cli->options;
    size_t named = options->argument_count + (options->facts != NULL);
    if (named == 1) {
        return options->facts ? options->facts : options->arguments[0];
    }
    struct diagnostic *error =
        usage_error(&cli->diagnostics, "`assay verify` needs one fact base");
    diagnostics_help(&cli->diagnostics, error,
                     "for example `assay verify facts.db`");
    return NULL;
}

enum status
command_verify(struct cli *cli)
{
    const char *path = name_base(cli);
    if (!path) {
        return cli_finish(cli, STATUS_WRONG);
    }
    struct buffer text = {0};
    struct buffer faults = {0};
    struct verification found = {.fault = take_fault, .context = &faults};
    progress_start();
    bool done = verify_base(path, &cli->diagnostics, &found);
    progress_stop();
    if (done) {
        add_summary(&text, path, &found);
        buffer_add_slice(&text, buffer_slice(&faults));
        if (found.faults > VERIFY_FAULTS_TOLD) {
            buffer_add_text(&text, "  and ");
            add_grouped(&text, found.faults - VERIFY_FAULTS_TOLD);
            buffer_add_text(&text, " more\n");
        }
        cli_print(cli, buffer_slice(&text));
    }
    buffer_free(&text);
    buffer_free(&faults);
    return cli_finish(cli, !done          ? STATUS_SYSTEM
                           : found.faults ? STATUS_FALSE
                                          : STATUS_DONE);
}
