/* What stands for a column and is the same for all records. */
#include "eval/import/import.h"

#include "base/utf8.h"

/* The one name of a node that is a bare name; NULL for others. */
static const struct node *
bare_name(const struct node *node)
{
    bool bare = node->kind == NODE_FIGURE && node->kid[2] && !node->kid[0] &&
                !node->kid[1] && !node->kid[3];
    return node->kind == NODE_NAME ? node : bare ? node->kid[2] : NULL;
}

/* A name, a text or a code as the statement writes it; false after a report. */
static bool
constant_name(struct session *session, const struct node *node,
              struct node *name)
{
    const struct node *bare = bare_name(node);
    *name = (struct node){.kind = NODE_NAME, .span = node->span};
    if (node->kind == NODE_TEXT) {
        const char *text = scope_text(session, node);
        name->value.name = atoms_intern(
            &session->atoms,
            utf8_normalize(&session->scratch, slice_of(text ? text : "")));
    } else if (node->kind == NODE_NUMBER) {
        name->value.name = atoms_intern(
            &session->atoms, sources_text(&session->sources, node->span));
    } else if (bare) {
        name->value.name = bare->value.name;
    } else {
        return scope_fail(session, node, DIAGNOSTIC_BAD_MAPPING,
                          "a column or a name is wanted here", NULL);
    }
    return true;
}

static bool
name_constant(struct import *import, struct mapped *mapped,
              const struct node *node)
{
    struct session *session = import->session;
    struct meaning *meaning = &mapped->constant;
    struct node name;
    if (!constant_name(session, node, &name)) {
        return false;
    }
    meaning->id = name_find(import, mapped, name.value.name);
    if (!meaning->id && mapped->declares) {
        meaning->id = name_declare(import, mapped, &name);
    } else if (!meaning->id) {
        name_report_unknown(import, mapped, &name);
    }
    bool found = meaning->id != 0;
    if (found && mapped->field == FIELD_METRIC) {
        found = store_load_lines(session->store, meaning->id);
    }
    meaning->id = meaning->id == UINT32_MAX ? 0 : meaning->id;
    return found;
}

static bool
period_constant(struct session *session, const struct node *node,
                struct meaning *meaning)
{
    struct period period;
    if (!value_period(session, node, &period, &meaning->fiscal)) {
        return false;
    }
    meaning->id = (uint32_t)period.frequency;
    meaning->extra = period.ordinal;
    return true;
}

static bool
date_constant(struct session *session, const struct node *node,
              struct meaning *meaning)
{
    bool before = false;
    day_number day;
    if (!value_date(session, node, &day, &before)) {
        return false;
    }
    meaning->id = before;
    meaning->extra = day;
    return true;
}

bool
translate_constant(struct import *import, struct mapped *mapped,
                   const struct node *node)
{
    struct session *session = import->session;
    struct meaning *meaning = &mapped->constant;
    *meaning = (struct meaning){.known = true, .extra = -1};
    switch (mapped->field) {
    case FIELD_PERIOD:
        return period_constant(session, node, meaning);
    case FIELD_ON:
        return date_constant(session, node, meaning);
    case FIELD_UNIT:
        return unit_node(import, node, meaning);
    case FIELD_KIND:
    case FIELD_METRIC:
    case FIELD_ACTOR:
    case FIELD_SOURCE:
    case FIELD_DIMENSION:
        return name_constant(import, mapped, node);
    case FIELD_CONDITION:
    case FIELD_NOTE:
    case FIELD_URL:
    case FIELD_CONTEXT:
    case FIELD_RETRACTED:
        mapped->text =
            node->kind == NODE_TEXT ? scope_text(session, node) : NULL;
        return mapped->text ||
               scope_fail(session, node, DIAGNOSTIC_BAD_MAPPING,
                          "a column or a text in quotes is wanted here", NULL);
    case FIELD_MISSING:
    case FIELD_VALUE:
    case FIELD_NAME:
    case FIELD_TITLE:
    case FIELD_COUNT:
        break;
    }
    return scope_fail(session, node, DIAGNOSTIC_BAD_MAPPING,
                      "this is no column of the file", NULL);
}
