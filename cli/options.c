/* The order of a command line: options, command, arguments. */
#include "cli/options.h"

#include "base/suggest.h"

#include <getopt.h>
#include <unistd.h>

const struct command_info commands[COMMAND_COUNT] = {
#define X(name, word, arguments, state, summary)                               \
    [COMMAND_##name] = {word, arguments, COMMAND_##state, summary},
    COMMANDS(X)
#undef X
};

const struct option_info option_infos[OPTION_COUNT] = {
#define X(name, word, letter, argument, choices, users, help)                  \
    [OPTION_##name] = {word, letter, argument, choices, users, help},
    OPTIONS(X)
#undef X
};

enum {
    LONG_BASE = 256, /* getopt's values: LONG_BASE + enum option */
    LETTERS_MAX = 2 * OPTION_COUNT + 3,
};

enum command
command_find(const char *word)
{
    for (int i = COMMAND_PROMPT + 1; i < COMMAND_COUNT; i++) {
        if (strcmp(commands[i].word, word) == 0) {
            return (enum command)i;
        }
    }
    return COMMAND_COUNT;
}

/* Errors of getopt: the long word nearest to what was written. */
static void
report_unknown(const char *word, struct diagnostics *diagnostics)
{
    struct diagnostic *error =
        usage_error(diagnostics, "there is no option `%s`", word);
    size_t dashes = strspn(word, "-");
    struct slice wanted = {word + dashes, strcspn(word + dashes, "=")};
    struct suggestion suggestion;
    suggestion_init(&suggestion, wanted);
    for (int i = 0; i < OPTION_COUNT; i++) {
        suggestion_offer(&suggestion, slice_of(option_infos[i].word));
    }
    if (dashes == 2 && suggestion.best.len) {
        diagnostics_help(diagnostics, error, "did you mean `--%.*s`?",
                         (int)suggestion.best.len, suggestion.best.at);
    } else {
        diagnostics_help(diagnostics, error, "`assay --help` lists them");
    }
}

/* The option behind one of getopt's values. */
static enum option_id
option_of_value(int value)
{
    for (int i = 0; value < LONG_BASE && i < OPTION_COUNT; i++) {
        if (option_infos[i].letter == value) {
            return (enum option_id)i;
        }
    }
    return (enum option_id)(value - LONG_BASE);
}

static void
report_refused(int refused, char **argv, struct diagnostics *diagnostics)
{
    if (refused == '?' && optopt >= LONG_BASE) {
        usage_error(diagnostics, "`--%s` takes no value",
                    option_infos[optopt - LONG_BASE].word);
    } else if (refused == '?' && optopt) {
        char letter[] = {'-', (char)optopt, '\0'};
        report_unknown(letter, diagnostics);
    } else if (refused == '?') {
        report_unknown(argv[optind - 1], diagnostics);
    } else {
        const struct option_info *info = &option_infos[option_of_value(optopt)];
        usage_error(diagnostics, "`--%s` needs a value: --%s %s", info->word,
                    info->word, info->argument);
    }
}

static bool
takes(enum command command, int option)
{
    return option_infos[option].commands >> command & 1;
}

/* Does an option have a value as its next argument? */
static bool
takes_next(const char *argument)
{
    bool takes_one = false;
    for (int i = 0; i < OPTION_COUNT; i++) {
        const struct option_info *info = &option_infos[i];
        bool named = argument[1] == '-'
                         ? strcmp(argument + 2, info->word) == 0
                         : argument[1] == info->letter && !argument[2];
        takes_one = takes_one || (named && info->argument);
    }
    return takes_one;
}

/* The command of the line, before its options are read; COMMAND_COUNT for none.
 */
static enum command
command_ahead(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (argv[i][0] != '-' || !argv[i][1]) {
            return command_find(argv[i]);
        }
        i += takes_next(argv[i]);
    }
    return COMMAND_COUNT;
}

/* Does another option of the same word stand for the command?  `check` writes
 * Markdown into a file, `rules` knows nothing else. */
static bool
stands_back(enum command command, int option)
{
    bool taken = false;
    for (int i = 0; i < OPTION_COUNT; i++) {
        bool same =
            strcmp(option_infos[i].word, option_infos[option].word) == 0;
        taken = taken || (same && i != option && command < COMMAND_COUNT &&
                          takes(command, i));
    }
    return taken;
}

static bool
read_options(struct options *options, int argc, char **argv,
             struct arena *arena, struct diagnostics *diagnostics)
{
    enum command command = command_ahead(argc, argv);
    struct option longs[OPTION_COUNT + 1] = {{0}};
    struct option *end = longs;
    char letters[LETTERS_MAX] = ":";
    size_t len = 1;
    for (int i = 0; i < OPTION_COUNT; i++) {
        const struct option_info *info = &option_infos[i];
        if (!stands_back(command, i)) {
            *end++ = (struct option){
                info->word, info->argument ? required_argument : no_argument,
                NULL, LONG_BASE + i};
        }
        if (info->letter) {
            letters[len++] = info->letter;
            if (info->argument) {
                letters[len++] = ':';
            }
        }
    }
    opterr = 0;
    for (int value;
         (value = getopt_long(argc, argv, letters, longs, NULL)) != -1;) {
        if (value == '?' || value == ':') {
            report_refused(value, argv, diagnostics);
            return false;
        }
        if (!option_set(options, option_of_value(value), optarg, arena,
                        diagnostics)) {
            return false;
        }
    }
    return true;
}

static bool
report_unknown_command(const char *word, struct diagnostics *diagnostics)
{
    struct diagnostic *error =
        usage_error(diagnostics, "there is no command `%s`", word);
    struct suggestion suggestion;
    suggestion_init(&suggestion, slice_of(word));
    for (int i = COMMAND_PROMPT + 1; i < COMMAND_COUNT; i++) {
        if (commands[i].state != COMMAND_HIDDEN) {
            suggestion_offer(&suggestion, slice_of(commands[i].word));
        }
    }
    if (suggestion.best.len) {
        diagnostics_help(diagnostics, error, "did you mean `%.*s`?",
                         (int)suggestion.best.len, suggestion.best.at);
    } else {
        diagnostics_help(diagnostics, error,
                         "`assay --help` lists them; a fact base of that "
                         "name is opened with `assay --facts %s`",
                         word);
    }
    return false;
}

/* Without a command, one word is a fact base, if it looks like a file. */
static bool
take_base(struct options *options, struct diagnostics *diagnostics)
{
    const char *word = options->arguments[0];
    size_t len = strlen(word);
    bool is_script = len > 6 && strcmp(word + len - 6, ".assay") == 0;
    if (is_script || strcmp(word, "-") == 0) {
        struct diagnostic *error =
            usage_error(diagnostics, "`%s` is a script, not a fact base", word);
        diagnostics_help(diagnostics, error, "`assay run %s` runs it", word);
        return false;
    }
    bool is_file = strpbrk(word, "./") || access(word, F_OK) == 0;
    if (!is_file || options->argument_count > 1) {
        return report_unknown_command(word, diagnostics);
    }
    if (options->facts) {
        usage_error(diagnostics,
                    "two fact bases are named: `%s` by --facts, and `%s`",
                    options->facts, word);
        return false;
    }
    options->facts = word;
    options->argument_count = 0;
    return true;
}

static void
report_user(enum command command, int option, struct diagnostics *diagnostics)
{
    const char *word = commands[command].word;
    struct diagnostic *error =
        usage_error(diagnostics, "`assay%s%s` has no option `--%s`",
                    *word ? " " : "", word, option_infos[option].word);
    for (int i = COMMAND_PROMPT + 1; i < COMMAND_COUNT; i++) {
        if (takes((enum command)i, option)) {
            diagnostics_help(diagnostics, error, "`assay %s` has it",
                             commands[i].word);
            return;
        }
    }
}

static bool
check_users(const struct options *options, struct diagnostics *diagnostics)
{
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (options->given[i] && !takes(options->command, i)) {
            report_user(options->command, i, diagnostics);
            return false;
        }
    }
    return option_check_format(options, diagnostics);
}

static bool
take_command(struct options *options, struct diagnostics *diagnostics)
{
    if (options->argument_count == 0) {
        return true;
    }
    enum command command = command_find(options->arguments[0]);
    if (command == COMMAND_COUNT) {
        return take_base(options, diagnostics);
    }
    options->command = command;
    options->arguments++;
    options->argument_count--;
    return true;
}

bool
options_parse(struct options *options, int argc, char **argv,
              struct arena *arena, struct diagnostics *diagnostics)
{
    *options = (struct options){.width = WIDTH_OF_TERMINAL};
    enum command first = argc > 1 ? command_find(argv[1]) : COMMAND_COUNT;
    if (first != COMMAND_COUNT && commands[first].state == COMMAND_MISSING) {
        /* Its options are not known yet either. */
        options->command = first;
        return true;
    }
    if (!read_options(options, argc, argv, arena, diagnostics)) {
        return false;
    }
    options->arguments = argv + optind;
    options->argument_count = (size_t)(argc - optind);
    return take_command(options, diagnostics) &&
           (options->given[OPTION_HELP] || options->given[OPTION_VERSION] ||
            check_users(options, diagnostics));
}
