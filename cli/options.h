/* The command line: one table of commands and one of options.
 *
 * The tables are the only place that knows a command or an option: parsing,
 * usage texts and shell completions are made from them, and a test holds the
 * man page against them.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "base/diagnostic.h"
#include "report/diagnostics.h"
#include "report/report.h"

/* X(NAME, word, arguments, state, summary) */
#define COMMANDS(X)                                                            \
    X(PROMPT, "", "[FACTS.db]", SHOWN, "open the prompt, or run -e TEXT")      \
    X(RUN, "run", "SCRIPT...", SHOWN, "run scripts; - is standard input")      \
    X(CHECK, "check", "RULES... [FACTS...]", SHOWN, "judge facts by rules")    \
    X(TEST, "test", "FILE...", SHOWN, "run the tests of rules in files")       \
    X(RULES, "rules", "FILE...", SHOWN, "document the rules in files")         \
    X(FMT, "fmt", "FILE...", SHOWN, "put scripts into canonical form")         \
    X(IMPORT, "import", "FILE...", SHOWN,                                      \
      "guess what data files hold, and import them")                           \
    X(EXPORT, "export", "[FILE]", SHOWN, "write facts to a data file")         \
    X(DIFF, "diff", "A B", SHOWN, "compare two fact bases, texts or tables")   \
    X(VERIFY, "verify", "BASE", SHOWN, "check that a fact base is sound")      \
    X(EXPLAIN, "explain", "CODE", SHOWN, "explain the code of a message")      \
    X(HELP, "help", "[TOPIC]", SHOWN, "explain a command or a topic")          \
    X(VERSION, "version", "", SHOWN, "say which version this is")              \
    X(COMPLETIONS, "completions", "bash|zsh|fish", HIDDEN,                     \
      "print the completions of a shell")

enum command {
#define X(name, word, arguments, state, summary) COMMAND_##name,
    COMMANDS(X)
#undef X
        COMMAND_COUNT
};

enum command_state { COMMAND_SHOWN, COMMAND_HIDDEN, COMMAND_MISSING };

struct command_info {
    const char *word;
    const char *arguments;
    enum command_state state;
    const char *summary;
};

extern const struct command_info commands[COMMAND_COUNT];

/* Finds a command by its word; COMMAND_COUNT when there is none. */
enum command command_find(const char *word);

/* The commands that take an option, as a set of bits. */
#define ON(command) (1u << COMMAND_##command)
#define ON_SESSION (ON(PROMPT) | ON(RUN) | ON(HELP))
#define ON_ANSWERS (ON_SESSION | ON(DIFF))
#define ON_REVIEW ON(CHECK)
#define ON_TESTS (ON(CHECK) | ON(TEST))
#define ON_RULES (ON(CHECK) | ON(TEST) | ON(RULES))
#define ON_ALL (~0u)

/* X(NAME, long, short, argument, choices, commands, help); a short of 0 and
 * an argument of NULL for none.  Choices are the values that exist. */
#define OPTIONS(X)                                                             \
    X(EXECUTE, "execute", 'e', "TEXT", NULL, ON(PROMPT) | ON(RUN),             \
      "run TEXT; may be given several times")                                  \
    X(FACTS, "facts", 0, "BASE", NULL,                                         \
      ON_SESSION | ON_REVIEW | ON(IMPORT) | ON(EXPORT) | ON(VERIFY),           \
      "keep facts in the file BASE, not in memory")                            \
    X(READ_ONLY, "read-only", 0, NULL, NULL, ON_SESSION,                       \
      "leave the fact base as it is")                                          \
    X(AS_OF, "as-of", 0, "DATE", NULL, ON_SESSION | ON_REVIEW,                 \
      "judge by what was known on DATE")                                       \
    X(SET, "set", 0, "NAME=VALUE", NULL, ON_ANSWERS | ON_RULES,                \
      "give the parameter NAME a value")                                       \
    X(STRICT, "strict", 0, NULL, NULL, ON_SESSION | ON_RULES,                  \
      "make every unknown name an error")                                      \
    X(NO_INIT, "no-init", 0, NULL, NULL, ON(PROMPT),                           \
      "skip init.assay at the start of the prompt")                            \
    X(REJECT, "reject", 0, "FILE", NULL, ON(PROMPT) | ON(RUN) | ON(IMPORT),    \
      "set aside in FILE what cannot be imported")                             \
    X(FORMAT, "format", 0, "FORMAT",                                           \
      "table|csv|tsv|json|jsonl|markdown|assay|sdmx|text|sarif|junit|tap|"     \
      "github|gitlab|html",                                                    \
      ON_ANSWERS | ON_TESTS | ON(EXPORT), "write answers as FORMAT")           \
    X(VOCABULARY, "vocabulary", 0, NULL, NULL, ON(EXPORT),                     \
      "write the names only, and no facts")                                    \
    X(FAIL_LEVEL, "fail-level", 0, "LEVEL", "error|warning|info", ON_REVIEW,   \
      "fail on findings of this severity or worse")                            \
    X(REQUIRE_SUBJECTS, "require-subjects", 0, NULL, NULL, ON_REVIEW,          \
      "a rule about nothing is undecided; on when CI=true")                    \
    X(BASELINE, "baseline", 0, "FILE", NULL, ON_REVIEW,                        \
      "fail only on findings that FILE does not name")                         \
    X(WRITE_BASELINE, "write-baseline", 0, "FILE", NULL, ON_REVIEW,            \
      "name all findings in FILE")                                             \
    X(STRICT_BASELINE, "strict-baseline", 0, NULL, NULL, ON_REVIEW,            \
      "fail when the baseline names what is gone")                             \
    X(ACCEPT, "accept", 0, NULL, NULL, ON_REVIEW,                              \
      "rewrite the output blocks of the documents that are named")             \
    X(AGAINST, "against", 0, "BASE", NULL, ON_REVIEW,                          \
      "fail only on findings that BASE does not have too")                     \
    X(SARIF, "sarif", 0, "FILE", NULL, ON_REVIEW, "write a SARIF report too")  \
    X(JUNIT, "junit", 0, "FILE", NULL, ON_TESTS, "write a JUnit report too")   \
    X(JSON, "json", 0, "FILE", NULL, ON_TESTS, "write a JSON report too")      \
    X(MARKDOWN, "markdown", 0, "FILE", NULL, ON_REVIEW,                        \
      "write a Markdown report too")                                           \
    X(AS_MARKDOWN, "markdown", 0, NULL, NULL, ON(RULES),                       \
      "write Markdown, as without it")                                         \
    X(HTML, "html", 0, "FILE", NULL, ON_REVIEW, "write an HTML page too")      \
    X(TAP, "tap", 0, "FILE", NULL, ON_TESTS, "write a TAP report too")         \
    X(GITLAB, "gitlab", 0, "FILE", NULL, ON_REVIEW,                            \
      "write a GitLab code quality report too")                                \
    X(CSV, "csv", 0, "FILE", NULL, ON_REVIEW, "write the findings as CSV too") \
    X(CSV_SAFE, "csv-safe", 0, NULL, NULL, ON_REVIEW,                          \
      "defuse cells that a spreadsheet would run")                             \
    X(GITHUB, "github", 0, NULL, NULL, ON_REVIEW,                              \
      "write annotations for GitHub, and its job summary")                     \
    X(COVERAGE, "coverage", 0, NULL, NULL, ON(TEST),                           \
      "say which rules were seen to pass, fail and be unknown")                \
    X(MIN_COVERAGE, "min-coverage", 0, "PERCENT", NULL, ON(TEST),              \
      "fail when less of passes and fails was seen")                           \
    X(MAX_SECONDS, "max-seconds", 0, "N", NULL, ON_REVIEW,                     \
      "give up after N seconds, with status 2")                                \
    X(MAX_ROWS, "max-rows", 0, "N", NULL, ON_REVIEW,                           \
      "give up after N subjects, with status 2")                               \
    X(MAX_MEMORY, "max-memory", 0, "MB", NULL, ON_REVIEW,                      \
      "give up before a rule takes MB megabytes")                              \
    X(PROFILE, "profile", 0, NULL, NULL, ON_REVIEW,                            \
      "say how long each rule took, and over how many rows")                   \
    X(WIDTH, "width", 0, "N", NULL, ON_ANSWERS | ON_REVIEW,                    \
      "fit tables into N columns; 0 for no limit")                             \
    X(ASCII, "ascii", 0, NULL, NULL, ON_ANSWERS | ON_TESTS,                    \
      "write other characters as escapes")                                     \
    X(COLOR, "color", 0, "WHEN", "auto|always|never", ON_ALL,                  \
      "use colour: auto, always or never")                                     \
    X(DIAGNOSTICS, "diagnostics", 0, "STYLE", "text|short|json", ON_ALL,       \
      "write messages as text, short or json")                                 \
    X(CHECK, "check", 0, NULL, NULL, ON(FMT),                                  \
      "name the files that would change; status 1 if any")                     \
    X(DIFF, "diff", 0, NULL, NULL, ON(FMT),                                    \
      "show what would change; status 1 if anything")                          \
    X(TREE, "tree", 0, NULL, NULL, ON(FMT),                                    \
      "print what was understood, as a tree")                                  \
    X(QUIET, "quiet", 'q', NULL, NULL, ON_ALL,                                 \
      "say nothing but errors and warnings")                                   \
    X(VERBOSE, "verbose", 'v', NULL, NULL, ON_ALL,                             \
      "say what was taken for granted")                                        \
    X(HELP, "help", 'h', NULL, NULL, ON_ALL,                                   \
      "explain the command and its options")                                   \
    X(VERSION, "version", 'V', NULL, NULL, ON_ALL, "say which version this is")

enum option_id {
#define X(name, word, letter, argument, choices, users, help) OPTION_##name,
    OPTIONS(X)
#undef X
        OPTION_COUNT
};

struct option_info {
    const char *word;
    char letter;          /* or 0 */
    const char *argument; /* or NULL */
    const char *choices;  /* "a|b|c", or NULL */
    unsigned commands;
    const char *help;
};

extern const struct option_info option_infos[OPTION_COUNT];

enum color_mode { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

enum { WIDTH_OF_TERMINAL = -1 };

struct option_param {
    const char *name; /* in the arena of the options */
    const char *value;
};

/* Texts are borrowed from argv, arrays live in the arena. */
struct options {
    enum command command;
    const char *facts;  /* NULL: in memory */
    const char *reject; /* NULL: bad records are errors */
    const char **texts;
    size_t text_count;
    struct option_param *params;
    size_t param_count;
    char **arguments; /* what follows the command */
    size_t argument_count;
    enum report_format format;
    bool as_sdmx;  /* the format is `sdmx`, and so is this */
    bool as_assay; /* the format is `assay`, which only export writes */
    enum color_mode color;
    enum diagnostics_style messages;
    int width; /* WIDTH_OF_TERMINAL, or cells; 0 for no limit */
    day_number as_of;
    bool given[OPTION_COUNT];         /* options that were on the line */
    const char *values[OPTION_COUNT]; /* what they were given, as written */
    uint64_t numbers[OPTION_COUNT];   /* ... as a number, for those of N */
};

/* Reads the command line; permutes ARGV.  Returns false when it is wrong,
 * which is reported; OPTIONS then still says how to report it. */
bool options_parse(struct options *options, int argc, char **argv,
                   struct arena *arena, struct diagnostics *diagnostics);

/* Reads the VALUE that OPTION was given into OPTIONS; false when it is no such
 * value, which is reported. */
bool option_set(struct options *options, enum option_id option, char *value,
                struct arena *arena, struct diagnostics *diagnostics);

/* The formats that COMMAND writes, parted by bars. */
const char *option_formats(enum command command);

/* Is the format one that the command writes?  Reported when it is not. */
bool option_check_format(const struct options *options,
                         struct diagnostics *diagnostics);

/* Takes the next of the choices "a|b|c"; false when there are no more. */
bool option_next_choice(const char **choices, struct slice *choice);

/* Adds a mistake in the command line, which has no place in a text. */
#define usage_error(list, ...)                                                 \
    diagnostics_add((list), SEVERITY_ERROR, DIAGNOSTIC_USAGE,                  \
                    (struct span){0, 0}, __VA_ARGS__)

#endif
