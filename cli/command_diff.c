/* `assay diff A B`: how two fact bases, texts or tables differ. */
#include "base/utf8.h"
#include "cli/progress.h"
#include "cli/sides.h"
#include "cli/signals.h"
#include "eval/difference.h"

/* Telling ------------------------------------------------------------------ */

/* A line for each difference: + target 2023 exports = 685B USD by motie. */
static bool
say_difference(void *context, const struct difference *one)
{
    static const char marks[CHANGE_COUNT] = {'+', '-', '~'};
    struct cli *cli = context;
    struct buffer line = {0};
    struct buffer shown = {0};
    buffer_format(&line, "%c %s%s", marks[one->change],
                  one->is_name ? "" : one->figure, one->sentence);
    utf8_add_visible(&shown, buffer_slice(&line));
    buffer_add_char(&shown, '\n');
    cli_print(cli, buffer_slice(&shown));
    buffer_free(&line);
    buffer_free(&shown);
    return !cli->out.gone && !cli->out.error;
}

static void
add_counts(struct buffer *text, const char *what, const size_t *counts)
{
    bool some = false;
    for (int i = 0; i < CHANGE_COUNT; i++) {
        if (counts[i] && !some) {
            buffer_format(text, "%s%s: ", text->len ? "; " : "", what);
        }
        if (counts[i]) {
            buffer_format(text, "%s%zu %s", some ? ", " : "", counts[i],
                          change_text((enum change)i));
        }
        some = some || counts[i];
    }
}

static void
print_counts(const struct difference_counts *counts, struct buffer *text)
{
    buffer_clear(text);
    add_counts(text, "names", counts->names);
    add_counts(text, "facts", counts->facts);
    buffer_add_text(text, text->len ? "" : "no difference");
}

static struct result_value
text_value(const char *text)
{
    return (struct result_value){.type = VALUE_TEXT, .text = slice_of(text)};
}

/* Where rows of differences go. */
struct rows {
    const struct result_sink *sink;
    bool people; /* an empty cell, where a program is told that it is unknown */
};

/* What is a name has no day, and neither has what nobody dated. */
static struct result_value
day_value(const struct rows *rows, const struct difference *one)
{
    if (one->day == DAY_NONE && !one->before_day) {
        return rows->people ? text_value("")
                            : (struct result_value){.type = VALUE_UNKNOWN};
    }
    return (struct result_value){.type = VALUE_DATE,
                                 .day = one->day + one->before_day,
                                 .before = one->before_day};
}

/* The same as the rows of a result, for programs. */
static bool
add_row(void *context, const struct difference *one)
{
    const struct rows *rows = context;
    struct result_value values[] = {
        text_value(change_text(one->change)),
        text_value(one->figure),
        text_value(one->actor),
        day_value(rows, one),
        text_value(one->before),
        text_value(one->after),
    };
    return rows->sink->row(rows->sink->context, values, NULL);
}

static struct result_column
column(const char *name, enum value_type type)
{
    return (struct result_column){
        .name = name, .type = type, .unit = "", .factor = 1, .scale = 0};
}

static enum run_status
compare_as_result(struct cli *cli, struct session **sides,
                  struct difference_counts *counts)
{
    struct result_column columns[] = {
        column("change", VALUE_TEXT), column("figure", VALUE_TEXT),
        column("actor", VALUE_TEXT),  column("stated", VALUE_DATE),
        column("before", VALUE_TEXT), column("after", VALUE_TEXT)};
    struct result_head head = {.columns = columns,
                               .count = sizeof columns / sizeof *columns};
    struct report *report = cli_open_report(cli, 0);
    struct result_sink sink = *report_sink(report);
    struct rows rows = {&sink, cli->options.format == REPORT_TABLE ||
                                   cli->options.format == REPORT_MARKDOWN};
    if (cli->options.format == REPORT_TABLE) {
        cli_know_characters(cli);
    }
    sink.begin(sink.context, &head);
    enum run_status status =
        session_compare(sides[0], sides[1], add_row, &rows, counts);
    struct buffer note = {0};
    struct result_foot foot = {0};
    for (int i = 0; i < CHANGE_COUNT; i++) {
        foot.rows += counts->facts[i] + counts->names[i];
    }
    print_counts(counts, &note);
    foot.note = note.text;
    sink.end(sink.context, &foot);
    report_close(report);
    buffer_free(&note);
    return status;
}

static enum run_status
compare_for_people(struct cli *cli, struct session **sides,
                   struct difference_counts *counts)
{
    struct buffer text = {0};
    enum run_status status =
        session_compare(sides[0], sides[1], say_difference, cli, counts);
    if (status == RUN_DONE) {
        print_counts(counts, &text);
        buffer_add_char(&text, '\n');
        cli_print(cli, buffer_slice(&text));
    }
    buffer_free(&text);
    return status;
}

static enum status
compare(struct cli *cli, struct session **sides)
{
    struct difference_counts counts;
    signals_watch(sides[0]);
    enum run_status status = cli->options.given[OPTION_FORMAT]
                                 ? compare_as_result(cli, sides, &counts)
                                 : compare_for_people(cli, sides, &counts);
    signals_watch(NULL);
    bool differs = false;
    for (int i = 0; i < CHANGE_COUNT; i++) {
        differs = differs || counts.facts[i] || counts.names[i];
    }
    if (status != RUN_DONE) {
        return cli_status(status);
    }
    return differs ? STATUS_FALSE : STATUS_DONE;
}

enum status
command_diff(struct cli *cli)
{
    const struct options *options = &cli->options;
    struct session *sides[2] = {NULL, NULL};
    if (options->argument_count != 2) {
        struct diagnostic *error =
            usage_error(&cli->diagnostics, "`assay diff` compares two files");
        diagnostics_help(&cli->diagnostics, error,
                         "each is a fact base, a text or a table: assay diff "
                         "before.db after.assay");
        return cli_finish(cli, STATUS_WRONG);
    }
    char **paths = options->arguments;
    if (sides_are_one_stream(paths)) {
        usage_error(&cli->diagnostics, "%s can be read only once",
                    strcmp(paths[0], "-") == 0 ? "standard input" : paths[0]);
        return cli_finish(cli, STATUS_WRONG);
    }
    if (side_is_table(paths[0]) && side_is_table(paths[1])) {
        usage_error(&cli->diagnostics,
                    "a table does not say its names: one of the two has to be "
                    "a fact base or a text");
        return cli_finish(cli, STATUS_WRONG);
    }
    progress_start();
    enum run_status read = sides_read(cli, sides);
    enum status status =
        read < RUN_WRONG ? compare(cli, sides) : cli_status(read);
    progress_stop();
    status = cli_finish(cli, status);
    for (int i = 0; i < 2; i++) {
        if (sides[i]) {
            session_close(sides[i]);
        }
    }
    return status;
}
