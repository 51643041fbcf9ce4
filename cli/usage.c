#include "cli/usage.h"

#include "stdlib/page.h"

enum { USAGE_COLUMN = 26, USAGE_WIDTH = 80 };

/* A line of two columns, parted by at least two blanks. */
static void
add_row(struct buffer *out, const char *left, const char *right)
{
    size_t len = strlen(left);
    buffer_format(out, "  %s", left);
    buffer_fill(out, ' ', len + 2 < USAGE_COLUMN ? USAGE_COLUMN - len - 2 : 2);
    buffer_format(out, "%s\n", right);
}

static void
add_commands(struct buffer *out)
{
    struct buffer left = {0};
    buffer_add_text(out, "\nCommands:\n");
    for (int i = COMMAND_PROMPT + 1; i < COMMAND_COUNT; i++) {
        if (commands[i].state == COMMAND_SHOWN) {
            buffer_clear(&left);
            buffer_format(&left, "%s %s", commands[i].word,
                          commands[i].arguments);
            add_row(out, left.text, commands[i].summary);
        }
    }
    buffer_free(&left);
}

/* The values that --format has for COMMAND, in lines that fit. */
static void
add_formats(struct buffer *out, enum command command)
{
    const char *formats = option_formats(command);
    struct buffer line = {0};
    struct slice format;
    while (option_next_choice(&formats, &format)) {
        if (USAGE_COLUMN + line.len + format.len + 5 > USAGE_WIDTH) {
            add_row(out, "", line.text);
            buffer_clear(&line);
        }
        buffer_add_text(&line, line.len ? " " : "");
        buffer_add_text(&line, *formats ? "" : "or ");
        buffer_add_slice(&line, format);
        buffer_add_text(&line, strchr(formats, '|') ? "," : "");
    }
    add_row(out, "", line.text);
    buffer_free(&line);
}

static void
add_options(struct buffer *out, enum command command)
{
    struct buffer left = {0};
    buffer_add_text(out, "\nOptions:\n");
    for (int i = 0; i < OPTION_COUNT; i++) {
        const struct option_info *info = &option_infos[i];
        if (!(info->commands >> command & 1)) {
            continue;
        }
        buffer_clear(&left);
        if (info->letter) {
            buffer_format(&left, "-%c, ", info->letter);
        } else {
            buffer_add_text(&left, "    ");
        }
        buffer_format(&left, "--%s", info->word);
        if (info->argument) {
            buffer_format(&left, " %s", info->argument);
        }
        add_row(out, left.text, info->help);
        if (i == OPTION_FORMAT && command != COMMAND_PROMPT) {
            add_formats(out, command);
        }
    }
    buffer_free(&left);
}

void
usage_add(struct buffer *out, enum command command)
{
    const struct command_info *info = &commands[command];
    if (command == COMMAND_PROMPT) {
        buffer_add_text(out, "usage: assay [OPTION...] [FACTS.db]\n"
                             "       assay COMMAND [OPTION...] "
                             "[ARGUMENT...]\n\n"
                             "Assay states figures and asks about them. "
                             "Without a command it opens a prompt.\n");
        add_commands(out);
    } else {
        buffer_format(out, "usage: assay %s [OPTION...]%s%s\n\n", info->word,
                      *info->arguments ? " " : "", info->arguments);
        buffer_format(out, "  %s\n", info->summary);
    }
    add_options(out, command);
    if (command != COMMAND_HELP &&
        page_find(PAGES_OF_HELP, slice_of(info->word))) {
        buffer_format(out,
                      "\nAbout the statement of that name: assay -e 'help "
                      "%s'\n",
                      info->word);
    }
    buffer_add_text(out, "\nStatus: 0 done, 1 a check was false, 2 something "
                         "is wrong in the input,\n3 undecided, 4 the fact "
                         "base or the system failed, 130 interrupted.\n");
    if (command == COMMAND_PROMPT) {
        buffer_add_text(out, "The manual is `man assay`; `assay help TOPIC` "
                             "explains the language.\n");
    }
}
