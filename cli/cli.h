/* What the commands share: options, messages, the session, and how a text is
 * run in it. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "cli/options.h"
#include "cli/status.h"
#include "cli/stream.h"
#include "eval/session.h"

struct cli {
    bool answered;    /* some result was written */
    day_number as_of; /* the day that answers were judged by, or DAY_NONE */
    struct options options;
    struct arena arena; /* owns what the command line was made into */
    struct diagnostics diagnostics;
    struct sources no_sources; /* for messages outside a session */
    struct session *session;   /* owned; NULL until cli_open_session */
    struct stream out;
    bool knows_characters;
};

void cli_init(struct cli *cli);
void cli_free(struct cli *cli);

/* Makes the C library count wide characters alike everywhere; nothing else is
 * taken from any locale.  It costs 0.06 ms, so only tables and the prompt do
 * it. */
void cli_know_characters(struct cli *cli);

/* Opens the session that the options ask for; false when that fails, which is
 * reported.  At a prompt TODAY is the date; else DAY_NONE. */
bool cli_open_session(struct cli *cli, day_number today);

/* Writes the messages so far to standard error and forgets them; what has
 * been answered before is written first. */
void cli_write_messages(struct cli *cli);

/* The same, for places in texts that no session has read. */
void cli_write_messages_of(struct cli *cli, const struct sources *sources);

/* Reports that the file at PATH ("-": standard input) cannot be read or
 * written, as CODE says, for the reason of errno. */
void cli_report_file(struct cli *cli, enum diagnostic_code code,
                     const char *path, int error);

/* Opens a report of MAX_ROWS (0: all) on standard output. */
struct report *cli_open_report(struct cli *cli, size_t max_rows);

/* Runs a text, or the file at PATH, as one transaction, with messages,
 * progress and Ctrl-C.  Answers go to REPORT. */
enum run_status cli_run_text(struct cli *cli, const char *name,
                             struct slice text, struct report *report);
enum run_status cli_run_file(struct cli *cli, const char *path,
                             struct report *report);

enum status cli_status(enum run_status status);

/* Prints TEXT, which belongs to the program, on standard output. */
void cli_print(struct cli *cli, struct slice text);

/* Writes what is left, and the messages.  Returns STATUS, or what is worse:
 * that standard output could not be written. */
enum status cli_finish(struct cli *cli, enum status status);

/* Runs what -e names and SCRIPTS, one after the other, up to the first that
 * fails.  PAGED allows a pager. */
enum status run_inputs(struct cli *cli, char **scripts, size_t count,
                       bool paged);

/* The commands */
enum status command_prompt(struct cli *cli);
enum status command_run(struct cli *cli);
enum status command_check(struct cli *cli);
enum status command_test(struct cli *cli);
enum status command_rules(struct cli *cli);
enum status command_fmt(struct cli *cli);
enum status command_export(struct cli *cli);
enum status command_diff(struct cli *cli);
enum status command_import(struct cli *cli);
enum status command_verify(struct cli *cli);
enum status command_explain(struct cli *cli);
enum status command_help(struct cli *cli);
enum status command_completions(struct cli *cli);

#endif
