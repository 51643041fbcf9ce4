/* `assay export`: what a fact base holds, as text that reads back as the
 * same. */
#include "base/output.h"
#include "cli/cli.h"
#include "cli/progress.h"
#include "cli/signals.h"

static bool
is_standard_output(const char *path)
{
    return !path || strcmp(path, "-") == 0;
}

/* What is to be written: as asked, else as the name of the file tells. */
static bool
find_form(struct cli *cli, const char *path, enum export_form *form)
{
    const struct options *options = &cli->options;
    bool told = !is_standard_output(path) && export_form_of(path, form);
    if (options->given[OPTION_FORMAT]) {
        *form = options->as_assay               ? EXPORT_FORM_ASSAY
                : options->as_sdmx              ? EXPORT_FORM_SDMX
                : options->format == REPORT_TSV ? EXPORT_FORM_TSV
                                                : EXPORT_FORM_CSV;
    } else if (is_standard_output(path)) {
        *form = EXPORT_FORM_ASSAY;
    } else if (!told) {
        struct diagnostic *error =
            usage_error(&cli->diagnostics,
                        "the ending of %s does not say in which form", path);
        diagnostics_help(
            &cli->diagnostics, error,
            "let it end in .assay, .csv or .tsv, or say --format assay, "
            "csv, tsv or sdmx");
        return false;
    }
    if (options->given[OPTION_VOCABULARY] && *form != EXPORT_FORM_ASSAY) {
        usage_error(&cli->diagnostics,
                    "names are written as assay, and in no other form");
        return false;
    }
    *form = options->given[OPTION_VOCABULARY] ? EXPORT_FORM_NAMES : *form;
    return true;
}

static enum run_status
export_to(struct cli *cli, enum export_form form,
          const struct export_sink *sink)
{
    signals_watch(cli->session);
    progress_start();
    enum run_status status = session_export(cli->session, form, sink);
    progress_stop();
    signals_watch(NULL);
    return status;
}

static enum status
export_to_file(struct cli *cli, enum export_form form, const char *path)
{
    struct output output;
    struct export_sink sink = {&output, output_write, export_is_packed(path)};
    const char *reason = session_may_not_replace(cli->session, path);
    if (reason) {
        diagnostics_add(&cli->diagnostics, SEVERITY_ERROR,
                        DIAGNOSTIC_MAY_NOT_REPLACE, (struct span){0, 0},
                        "%s cannot be replaced: %s", path, reason);
        return STATUS_WRONG;
    }
    int error = output_open(&output, path);
    if (error) {
        cli_report_file(cli, DIAGNOSTIC_CANNOT_WRITE, path, error);
        return STATUS_SYSTEM;
    }
    enum run_status status = export_to(cli, form, &sink);
    if (status != RUN_DONE && !output.error) {
        output_drop(&output);
        return cli_status(status);
    }
    error = output_finish(&output);
    error = error ? error : output_keep(&output);
    if (error) {
        cli_report_file(cli, DIAGNOSTIC_CANNOT_WRITE, path, error);
        return STATUS_SYSTEM;
    }
    return STATUS_DONE;
}

/* A reader who has gone is no error, as everywhere. */
static enum status
export_to_output(struct cli *cli, enum export_form form)
{
    struct export_sink sink = {&cli->out, stream_write, false};
    enum run_status status = export_to(cli, form, &sink);
    bool gone = status != RUN_DONE && (cli->out.gone || cli->out.error);
    return gone ? STATUS_DONE : cli_status(status);
}

enum status
command_export(struct cli *cli)
{
    const struct options *options = &cli->options;
    const char *path = options->argument_count ? options->arguments[0] : NULL;
    enum export_form form;
    if (options->argument_count > 1) {
        usage_error(&cli->diagnostics, "`assay export` writes one file");
        return cli_finish(cli, STATUS_WRONG);
    }
    if (!options->facts) {
        struct diagnostic *error =
            usage_error(&cli->diagnostics, "`assay export` needs a fact base");
        diagnostics_help(&cli->diagnostics, error,
                         "assay export --facts FACTS.db figures.csv");
        return cli_finish(cli, STATUS_WRONG);
    }
    if (!find_form(cli, path, &form)) {
        return cli_finish(cli, STATUS_WRONG);
    }
    if (!cli_open_session(cli, DAY_NONE)) {
        return cli_finish(cli, cli->session ? STATUS_WRONG : STATUS_SYSTEM);
    }
    enum status status = is_standard_output(path)
                             ? export_to_output(cli, form)
                             : export_to_file(cli, form, path);
    return cli_finish(cli, status);
}
