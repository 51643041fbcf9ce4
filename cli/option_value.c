/* What the value of an option must look like. */
#include "cli/options.h"

#include "base/suggest.h"

enum { WIDTH_MAX = 100000 };

bool
option_next_choice(const char **choices, struct slice *choice)
{
    if (!*choices || !**choices) {
        return false;
    }
    *choice = (struct slice){*choices, strcspn(*choices, "|")};
    *choices += choice->len;
    *choices += **choices == '|';
    return true;
}

/* Says which values there are: "a, b or c". */
static void
help_choices(struct diagnostic *error, const char *choices,
             struct diagnostics *diagnostics)
{
    struct buffer list = {0};
    struct slice choice;
    while (option_next_choice(&choices, &choice)) {
        buffer_add_text(&list, list.len == 0 ? "" : *choices ? ", " : " or ");
        buffer_add_slice(&list, choice);
    }
    diagnostics_help(diagnostics, error, "it is one of %s", list.text);
    buffer_free(&list);
}

/* The number of VALUE among the choices; -1 when it is none, which is
 * reported. */
static int
choose(enum option_id option, const char *value,
       struct diagnostics *diagnostics)
{
    const char *choices = option_infos[option].choices;
    struct slice choice;
    struct suggestion suggestion;
    suggestion_init(&suggestion, slice_of(value));
    for (int i = 0; option_next_choice(&choices, &choice); i++) {
        if (slice_is(choice, value)) {
            return i;
        }
        suggestion_offer(&suggestion, choice);
    }
    struct diagnostic *error = usage_error(diagnostics, "`--%s` cannot be `%s`",
                                           option_infos[option].word, value);
    if (suggestion.best.len) {
        diagnostics_help(diagnostics, error, "did you mean `%.*s`?",
                         (int)suggestion.best.len, suggestion.best.at);
        return -1;
    }
    help_choices(error, option_infos[option].choices, diagnostics);
    return -1;
}

/* A date, or the last day of a longer period. */
static bool
set_as_of(struct options *options, const char *value,
          struct diagnostics *diagnostics)
{
    struct slice text = slice_of(value);
    struct period period;
    bool fiscal = false;
    if (day_parse(text, &options->as_of)) {
        return true;
    }
    if (period_parse(text, &period, &fiscal) && !fiscal) {
        options->as_of = period_last_day(period, &calendar_plain);
        return true;
    }
    struct diagnostic *error =
        usage_error(diagnostics, "`--as-of` needs a date, not `%s`", value);
    diagnostics_help(diagnostics, error,
                     "write it as 2023-10-05; 2023-Q3, 2023-10 and 2023 mean "
                     "their last day");
    return false;
}

static bool
set_width(struct options *options, const char *value,
          struct diagnostics *diagnostics)
{
    int width = 0;
    const char *at = value;
    while (*at >= '0' && *at <= '9' && width <= WIDTH_MAX) {
        width = width * 10 + (*at++ - '0');
    }
    if (*at || at == value || width > WIDTH_MAX) {
        usage_error(diagnostics,
                    "`--width` needs a number from 0 to %d, not `%s`",
                    WIDTH_MAX, value);
        return false;
    }
    options->width = width;
    return true;
}

/* A budget: a whole number from 1. */
static bool
set_number(struct options *options, enum option_id option, const char *value,
           struct diagnostics *diagnostics)
{
    uint64_t number = 0;
    const char *at = value;
    while (*at >= '0' && *at <= '9' && number < UINT32_MAX) {
        number = number * 10 + (uint64_t)(*at++ - '0');
    }
    if (*at || !number || number > UINT32_MAX) {
        usage_error(diagnostics, "`--%s` needs a whole number from 1, not `%s`",
                    option_infos[option].word, value);
        return false;
    }
    options->numbers[option] = number;
    return true;
}

static bool
add_param(struct options *options, const char *value, struct arena *arena,
          struct diagnostics *diagnostics)
{
    size_t len = strcspn(value, "=");
    if (len == 0 || !value[len]) {
        usage_error(diagnostics, "`--set` needs NAME=VALUE, not `%s`", value);
        return false;
    }
    size_t count = options->param_count++;
    struct option_param *params =
        arena_array(arena, struct option_param, count + 1);
    if (count) {
        memcpy(params, options->params, count * sizeof *params);
    }
    params[count].name = arena_copy(arena, value, len);
    params[count].value = value + len + 1;
    options->params = params;
    return true;
}

static void
add_text(struct options *options, const char *value, struct arena *arena)
{
    size_t count = options->text_count++;
    const char **texts = arena_array(arena, const char *, count + 1);
    if (count) {
        memcpy(texts, options->texts, count * sizeof *texts);
    }
    texts[count] = value;
    options->texts = texts;
}

const char *
option_formats(enum command command)
{
    return command == COMMAND_CHECK
               ? "text|table|csv|json|markdown|sarif|junit|tap|github|gitlab|"
                 "html"
           : command == COMMAND_TEST   ? "text|table|json|junit|tap"
           : command == COMMAND_EXPORT ? "assay|csv|tsv|sdmx"
                                       : "table|csv|tsv|json|jsonl|markdown";
}

/* Which of them fit is asked when the command is known. */
static bool
set_format(struct options *options, const char *value)
{
    options->as_sdmx = strcmp(value, "sdmx") == 0;
    options->as_assay = strcmp(value, "assay") == 0;
    report_format_find(slice_of(value), &options->format);
    return true;
}

bool
option_check_format(const struct options *options,
                    struct diagnostics *diagnostics)
{
    const char *value = options->values[OPTION_FORMAT];
    const char *formats = option_formats(options->command);
    struct slice choice;
    while (value && option_next_choice(&formats, &choice)) {
        if (slice_is(choice, value)) {
            return true;
        }
    }
    if (!value) {
        return true;
    }
    if (options->command == COMMAND_EXPORT) {
        usage_error(diagnostics,
                    "facts are exported as assay, csv, tsv or sdmx");
        return false;
    }
    if (options->as_assay || options->as_sdmx) {
        usage_error(diagnostics, "only `assay export` writes the formats assay "
                                 "and sdmx");
        return false;
    }
    struct diagnostic *error =
        usage_error(diagnostics, "`--format` cannot be `%s` here", value);
    help_choices(error, option_formats(options->command), diagnostics);
    return false;
}

bool
option_set(struct options *options, enum option_id option, char *value,
           struct arena *arena, struct diagnostics *diagnostics)
{
    int choice = 0;
    options->given[option] = true;
    options->values[option] = value;
    if (option_infos[option].choices) {
        choice = choose(option, value, diagnostics);
        if (choice < 0) {
            return false;
        }
    }
    switch (option) {
    case OPTION_EXECUTE:
        add_text(options, value, arena);
        return true;
    case OPTION_FACTS:
        options->facts = value;
        return true;
    case OPTION_REJECT:
        options->reject = value;
        return true;
    case OPTION_AS_OF:
        return set_as_of(options, value, diagnostics);
    case OPTION_SET:
        return add_param(options, value, arena, diagnostics);
    case OPTION_FORMAT:
        return set_format(options, value);
    case OPTION_WIDTH:
        return set_width(options, value, diagnostics);
    case OPTION_COLOR:
        options->color = (enum color_mode)choice;
        return true;
    case OPTION_DIAGNOSTICS:
        diagnostics_style_find(slice_of(value), &options->messages);
        return true;
    case OPTION_MAX_SECONDS:
    case OPTION_MAX_ROWS:
    case OPTION_MAX_MEMORY:
    case OPTION_MIN_COVERAGE:
        return set_number(options, option, value, diagnostics);
    case OPTION_FAIL_LEVEL:
    case OPTION_REQUIRE_SUBJECTS:
    case OPTION_BASELINE:
    case OPTION_WRITE_BASELINE:
    case OPTION_STRICT_BASELINE:
    case OPTION_ACCEPT:
    case OPTION_AGAINST:
    case OPTION_SARIF:
    case OPTION_JUNIT:
    case OPTION_JSON:
    case OPTION_MARKDOWN:
    case OPTION_AS_MARKDOWN:
    case OPTION_HTML:
    case OPTION_TAP:
    case OPTION_GITLAB:
    case OPTION_CSV:
    case OPTION_CSV_SAFE:
    case OPTION_GITHUB:
    case OPTION_PROFILE:
    case OPTION_COVERAGE:
    case OPTION_READ_ONLY:
    case OPTION_STRICT:
    case OPTION_NO_INIT:
    case OPTION_VOCABULARY:
    case OPTION_ASCII:
    case OPTION_CHECK:
    case OPTION_DIFF:
    case OPTION_TREE:
    case OPTION_QUIET:
    case OPTION_VERBOSE:
    case OPTION_HELP:
    case OPTION_VERSION:
    case OPTION_COUNT:
        return true;
    }
    return true;
}
