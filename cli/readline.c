#include "cli/readline.h"

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

static const struct {
    const char *name;
    size_t at; /* offset of the field */
} symbols[] = {
#define X(name) {#name, offsetof(struct readline, name)},
    READLINE_SYMBOLS(X)
#undef X
};

/* The name that carries the binary interface of the headers; then the one
 * that development packages install. */
static void *
open_library(void)
{
    char name[32];
    snprintf(name, sizeof name, "libreadline.so.%d", RL_VERSION_MAJOR);
    void *library = dlopen(name, RTLD_NOW);
    return library ? library : dlopen("libreadline.so", RTLD_NOW);
}

bool
readline_load(struct readline *readline)
{
    void *library = open_library();
    if (!library) {
        return false;
    }
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        void *found = dlsym(library, symbols[i].name);
        if (!found) {
            return false;
        }
        /* POSIX promises that both sorts of pointers have one form. */
        memcpy((char *)readline + symbols[i].at, &found, sizeof found);
    }
    return true;
}
