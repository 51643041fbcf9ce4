/* GNU readline, loaded when a prompt opens.
 *
 * Linking it costs every start 0.16 ms of 0.95 ms (it brings libtinfo along),
 * and only a prompt needs it.  The types come from readline's own headers, so
 * that a field and what is loaded into it cannot differ.
 */
#ifndef CLI_READLINE_H
#define CLI_READLINE_H

#include <stdbool.h>
#include <stdio.h>

#include <readline/history.h>
#include <readline/readline.h>

#define READLINE_SYMBOLS(X)                                                    \
    X(rl_callback_handler_install)                                             \
    X(rl_callback_handler_remove)                                              \
    X(rl_callback_read_char)                                                   \
    X(rl_callback_sigcleanup)                                                  \
    X(rl_free_line_state)                                                      \
    X(rl_prep_terminal)                                                        \
    X(rl_deprep_terminal)                                                      \
    X(rl_resize_terminal)                                                      \
    X(rl_forced_update_display)                                                \
    X(rl_on_new_line)                                                          \
    X(rl_crlf)                                                                 \
    X(rl_ding)                                                                 \
    X(rl_bind_key)                                                             \
    X(rl_variable_bind)                                                        \
    X(rl_insert_text)                                                          \
    X(rl_delete_text)                                                          \
    X(add_history)                                                             \
    X(using_history)                                                           \
    X(stifle_history)                                                          \
    X(rl_readline_name)                                                        \
    X(rl_outstream)                                                            \
    X(rl_line_buffer)                                                          \
    X(rl_point)                                                                \
    X(rl_catch_signals)                                                        \
    X(rl_catch_sigwinch)                                                       \
    X(rl_change_environment)

struct readline {
#define X(name) __typeof__(&name) name;
    READLINE_SYMBOLS(X)
#undef X
};

/* Loads the library and everything named above; false when it is not there.
 * It stays loaded. */
bool readline_load(struct readline *readline);

#endif
