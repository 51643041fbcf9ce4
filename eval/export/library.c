/* Which names need not be written: those that the library declares, as it does.
 *
 * A base may have hidden a name of the library by one of its own.  So it is not
 * the name that decides: a session that has nothing but the library is asked
 * for the same name, and both are compared as statements.
 */
#include "eval/export/export.h"

#include <stdlib.h>

struct export_library {
    struct index names[EXPORT_CLASS_COUNT]; /* by atom of ATOMS */
    struct atoms *atoms;
    struct session *session; /* has the library; NULL until it is needed */
    struct diagnostics diagnostics;
};

static void
take_name(void *context, struct slice word, struct slice name,
          struct slice line)
{
    struct export_library *library = context;
    (void)line;
    for (int class = 0; class < EXPORT_CLASS_COUNT; class ++) {
        bool fits =
            slice_is(word, export_class_word((enum export_class) class));
        atom known = fits ? atoms_find(library->atoms, name) : 0;
        if (known) {
            index_put(&library->names[class], known, 1);
        }
    }
}

struct export_library *
export_library_open(struct session *session)
{
    struct export_library *library = memory_alloc(sizeof *library);
    *library = (struct export_library){.atoms = &session->atoms};
    diagnostics_init(&library->diagnostics);
    library_each_name(session, take_name, library);
    return library;
}

void
export_library_close(struct export_library *library)
{
    for (int class = 0; class < EXPORT_CLASS_COUNT; class ++) {
        index_free(&library->names[class]);
    }
    if (library->session) {
        store_rollback(library->session->store);
        session_close(library->session);
    }
    diagnostics_free(&library->diagnostics);
    free(library);
}

/* The library's own NAME; false when it cannot be had. */
static bool
find_own(struct export_library *library, const struct export_name *name,
         struct export_name *own)
{
    if (!library->session) {
        struct session_options options = {.facts = NULL};
        library->session = session_open(&options, &library->diagnostics);
        if (!library->session || !store_begin(library->session->store)) {
            return false;
        }
    }
    struct session *session = library->session;
    atom word = atoms_intern(&session->atoms, name->text);
    *own = *name;
    if (name->class == EXPORT_UNIT) {
        own->id = scope_find_unit(session, word);
        return own->id != INDEX_NONE;
    }
    own->id = scope_find(session, export_name_class(name->class), word);
    return own->id != 0;
}

bool
export_library_has(struct export_library *library, struct export_names *names,
                   const struct export_name *name)
{
    struct export_name own;
    struct buffer texts[2] = {{0}, {0}};
    atom word = atoms_find(library->atoms, name->text);
    if (name->class == EXPORT_MEMBER || !word ||
        index_get(&library->names[name->class], word) == INDEX_NONE ||
        !find_own(library, name, &own)) {
        return false;
    }
    struct export_names from = {.session = library->session};
    export_print_name(names, name, &texts[0]);
    export_print_name(&from, &own, &texts[1]);
    bool same = slice_equal(buffer_slice(&texts[0]), buffer_slice(&texts[1]));
    buffer_free(&texts[0]);
    buffer_free(&texts[1]);
    return same;
}
