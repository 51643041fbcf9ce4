/* `assay completions SHELL`: what a shell needs to complete our command line,
 * made from the tables of options.h. */
#include "cli/cli.h"

/* Appends the words of COMMANDS as "run fmt ...". */
static void
add_command_words(struct buffer *out)
{
    for (int i = COMMAND_PROMPT + 1; i < COMMAND_COUNT; i++) {
        if (commands[i].state == COMMAND_SHOWN) {
            buffer_format(out, "%s ", commands[i].word);
        }
    }
}

static void
add_choice_words(struct buffer *out, const char *choices)
{
    struct slice choice;
    while (option_next_choice(&choices, &choice)) {
        buffer_add_slice(out, choice);
        buffer_add_text(out, *choices ? " " : "");
    }
}

/* Was the word of an option told already, as that of another command? */
static bool
is_again(int option)
{
    bool again = false;
    for (int i = 0; i < option; i++) {
        again = again ||
                strcmp(option_infos[i].word, option_infos[option].word) == 0;
    }
    return again;
}

static void
add_bash(struct buffer *out)
{
    buffer_add_text(out, "_assay()\n{\n    local word=$2 before=$3\n"
                         "    case $before in\n");
    for (int i = 0; i < OPTION_COUNT; i++) {
        const struct option_info *info = &option_infos[i];
        if (info->choices && !is_again(i)) {
            buffer_format(out, "    --%s) COMPREPLY=($(compgen -W '",
                          info->word);
            add_choice_words(out, info->choices);
            buffer_add_text(out, "' -- \"$word\")); return ;;\n");
        }
    }
    buffer_add_text(out, "    esac\n    case $word in\n"
                         "    -*) COMPREPLY=($(compgen -W '");
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (!is_again(i)) {
            buffer_format(out, "--%s ", option_infos[i].word);
        }
    }
    buffer_add_text(out, "' -- \"$word\")); return ;;\n    esac\n"
                         "    COMPREPLY=($(compgen -f -- \"$word\"))\n"
                         "    [ \"$COMP_CWORD\" != 1 ] ||\n"
                         "        COMPREPLY+=($(compgen -W '");
    add_command_words(out);
    buffer_add_text(out, "' -- \"$word\"))\n}\n"
                         "complete -o filenames -F _assay assay\n");
}

static void
add_zsh(struct buffer *out)
{
    buffer_add_text(out, "#compdef assay\n_arguments \\\n");
    for (int i = 0; i < OPTION_COUNT; i++) {
        const struct option_info *info = &option_infos[i];
        if (is_again(i)) {
            continue;
        }
        buffer_format(out, "    '--%s[%s]", info->word, info->help);
        if (info->choices) {
            buffer_format(out, ":%s:(", info->argument);
            add_choice_words(out, info->choices);
            buffer_add_char(out, ')');
        } else if (info->argument) {
            buffer_format(out, ":%s:_files", info->argument);
        }
        buffer_add_text(out, "' \\\n");
    }
    buffer_add_text(out, "    '1: :_alternative \"files::_files\" "
                         "\"commands::(");
    add_command_words(out);
    buffer_add_text(out, ")\"' \\\n    '*:file:_files'\n");
}

static void
add_fish(struct buffer *out)
{
    for (int i = COMMAND_PROMPT + 1; i < COMMAND_COUNT; i++) {
        if (commands[i].state == COMMAND_SHOWN) {
            buffer_format(out,
                          "complete -c assay -n __fish_use_subcommand "
                          "-a %s -d '%s'\n",
                          commands[i].word, commands[i].summary);
        }
    }
    for (int i = 0; i < OPTION_COUNT; i++) {
        const struct option_info *info = &option_infos[i];
        if (is_again(i)) {
            continue;
        }
        buffer_format(out, "complete -c assay -l %s -d '%s'", info->word,
                      info->help);
        if (info->letter) {
            buffer_format(out, " -s %c", info->letter);
        }
        if (info->choices) {
            buffer_add_text(out, " -x -a '");
            add_choice_words(out, info->choices);
            buffer_add_char(out, '\'');
        } else if (info->argument) {
            buffer_add_text(out, " -r");
        }
        buffer_add_char(out, '\n');
    }
}

enum status
command_completions(struct cli *cli)
{
    const struct options *options = &cli->options;
    const char *shell = options->argument_count ? options->arguments[0] : "";
    struct buffer text = {0};
    if (strcmp(shell, "bash") == 0) {
        add_bash(&text);
    } else if (strcmp(shell, "zsh") == 0) {
        add_zsh(&text);
    } else if (strcmp(shell, "fish") == 0) {
        add_fish(&text);
    } else {
        usage_error(&cli->diagnostics,
                    "`assay completions` needs bash, zsh or fish");
        return cli_finish(cli, STATUS_WRONG);
    }
    cli_print(cli, buffer_slice(&text));
    buffer_free(&text);
    return cli_finish(cli, STATUS_DONE);
}
