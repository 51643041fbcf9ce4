/* Names in scope: looking them up, and what to say when they are not there. */
#include "base/suggest.h"
#include "eval/misread.h"
#include "eval/scope.h"
#include "stdlib/text.h"

#include <stdlib.h>

bool
scope_fail(struct session *session, const struct node *node,
           enum diagnostic_code code, const char *message, const char *help)
{
    struct diagnostic *record = diagnostics_add(
        session->diagnostics, SEVERITY_ERROR, code, node->span, "%s", message);
    if (help) {
        diagnostics_help(session->diagnostics, record, "%s", help);
    }
    return false;
}

bool
scope_fits(struct session *session, const struct node *node, size_t len)
{
    size_t most = PARSER_STATEMENT_BYTES - PARSER_ROOM_BYTES;
    if (len > most) {
        diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                        DIAGNOSTIC_TOO_LONG, node->span,
                        "written out, this has %zu bytes, where at most %zu "
                        "can be kept",
                        len, most);
    }
    return len <= most;
}

const char *
scope_chars(const struct session *session, atom name)
{
    return atoms_chars(&session->atoms, name);
}

uint32_t
scope_find(struct session *session, enum name_class class, atom name)
{
    uint32_t id = vocabulary_find(session->vocabulary, class, name);
    const char *word = class == CLASS_KIND         ? "kind"
                       : class == CLASS_DEFINITION ? "define"
                                                   : NULL;
    if (!id && word && library_declare(session, word, name)) {
        id = vocabulary_find(session->vocabulary, class, name);
    }
    return id;
}

/* Units that the language itself is made of. */
static unit_id
builtin_unit(struct session *session, atom name)
{
    static const struct {
        const char *name;
        const char *title;
        double factor;
        enum unit_role role;
    } builtins[] = {
        {"%", "Per cent", 0.01, UNIT_RATE},
        {"pp", "Percentage point", 0.01, UNIT_POINT},
        {"bp", "Basis point", 0.0001, UNIT_POINT},
    };
    for (size_t i = 0; i < sizeof builtins / sizeof *builtins; i++) {
        if (strcmp(scope_chars(session, name), builtins[i].name) == 0) {
            struct unit unit = {.name = name,
                                .title = builtins[i].title,
                                .factor = builtins[i].factor,
                                .role = builtins[i].role,
                                .measure = 0};
            return units_add(&session->vocabulary->units, &unit, 0);
        }
    }
    return INDEX_NONE;
}

unit_id
scope_find_unit(struct session *session, atom name)
{
    struct units *units = &session->vocabulary->units;
    unit_id id = units_find(units, name);
    if (id == INDEX_NONE) {
        id = builtin_unit(session, name);
    }
    bool taken = vocabulary_find(session->vocabulary, CLASS_METRIC, name) ||
                 vocabulary_find(session->vocabulary, CLASS_KIND, name) ||
                 vocabulary_find(session->vocabulary, CLASS_DEFINITION, name);
    if (id == INDEX_NONE && !taken && library_declare(session, "unit", name)) {
        id = units_find(units, name);
    }
    return id;
}

void
scope_poison(struct session *session, atom name)
{
    void *items = session->poisoned;
    memory_grow(&items, &session->poisoned_capacity,
                session->poisoned_count + 1, sizeof *session->poisoned);
    session->poisoned = items;
    session->poisoned[session->poisoned_count++] = name;
}

/* How many pairs of names a text has compared for what looks alike: of
 * thousands that are declared on the spot the first ones are enough. */
enum { ALIKE_WORK = 4 * 1000 * 1000 };

struct told {
    const struct source *source;
    const struct diagnostic *record;
    size_t at;             /* where it stands, unless it was taken back */
    enum name_class class; /* CLASS_COUNT: a parameter */
    uint32_t dimension;    /* of a member, 0 for other names */
    atom name;
};

/* Was it said before that the text that is read lacks this name? */
static bool
is_told(const struct session *session, enum name_class class,
        uint32_t dimension, atom name)
{
    const struct diagnostics *list = session->diagnostics;
    for (size_t i = 0; i < session->told_count; i++) {
        const struct told *told = &session->told[i];
        if (told->name == name && told->class == class &&
            told->dimension == dimension && told->source == session->source &&
            told->at < list->count && list->items[told->at] == told->record) {
            return true;
        }
    }
    return false;
}

static void
note_told(struct session *session, enum name_class class, uint32_t dimension,
          atom name, const struct diagnostic *record)
{
    void *items = session->told;
    memory_grow(&items, &session->told_capacity, session->told_count + 1,
                sizeof *session->told);
    session->told = items;
    session->told[session->told_count++] = (struct told){
        session->source, record,    session->diagnostics->count - 1,
        class,           dimension, name};
}

bool
scope_is_poisoned(const struct session *session, atom name)
{
    for (size_t i = 0; i < session->poisoned_count; i++) {
        if (session->poisoned[i] == name) {
            return true;
        }
    }
    return false;
}

bool
scope_declares(const struct session *session)
{
    return !session->options.strict && !session->options.review &&
           !session->in_library;
}

/* Offers every name of a class. */
static void
offer_class(struct session *session, enum name_class class, uint32_t dimension,
            struct suggestion *suggestion)
{
    const struct vocabulary *vocabulary = session->vocabulary;
    const struct entries *entries = &vocabulary->classes[class];
    for (uint32_t id = 1; id < entries->count; id++) {
        if (class != CLASS_MEMBER || entries->items[id].link == dimension) {
            suggestion_offer(suggestion, atoms_text(&session->atoms,
                                                    entries->items[id].name));
        }
    }
}

struct offer_library {
    struct suggestion *suggestion;
    const char *word;
    bool codes; /* what was written may be a code of ISO 4217 */
};

static void
offer_library_name(void *context, struct slice word, struct slice name,
                   struct slice line)
{
    struct offer_library *offer = context;
    (void)line;
    if (slice_is(word, offer->word) &&
        (offer->codes || !text_is_currency(name))) {
        suggestion_offer(offer->suggestion, name);
    }
}

/* `kgs` is not meant as KGS, the som. */
static bool
may_be_code(struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < 'A' || text.at[i] > 'Z') {
            return false;
        }
    }
    return true;
}

static int64_t
count_facts(struct session *session, uint32_t metric)
{
    const struct extent *extents;
    size_t count;
    int64_t facts = 0;
    if (store_extents(session->store, &extents, &count)) {
        for (size_t i = 0; i < count; i++) {
            facts += extents[i].cell >> 40 == metric ? extents[i].count : 0;
        }
    }
    return facts;
}

/* Says what was meant, and for a metric how many facts it has. */
static void
label_suggestion(struct session *session, struct diagnostic *record,
                 enum name_class class, struct slice best)
{
    atom name = atoms_find(&session->atoms, best);
    uint32_t id = class == CLASS_METRIC
                      ? vocabulary_find(session->vocabulary, class, name)
                      : 0;
    int64_t facts = id ? count_facts(session, id) : 0;
    if (facts) {
        diagnostics_label(session->diagnostics, record,
                          "did you mean `%.*s` (%lld fact%s)?", (int)best.len,
                          best.at, (long long)facts, facts == 1 ? "" : "s");
    } else {
        diagnostics_label(session->diagnostics, record, "did you mean `%.*s`?",
                          (int)best.len, best.at);
    }
}

static const char *
library_word(enum diagnostic_code code, enum name_class class)
{
    if (code == DIAGNOSTIC_UNKNOWN_UNIT) {
        return "unit";
    }
    return class == CLASS_DEFINITION ? "define" : name_class_text(class);
}

/* Was it said already, or may what could not be read have declared it? */
static bool
is_excused(const struct session *session, enum name_class class,
           uint32_t dimension, atom name)
{
    bool imported = class == CLASS_MEMBER || class == CLASS_METRIC ||
                    class == CLASS_ACTOR || class == CLASS_SOURCE;
    return scope_is_poisoned(session, name) || (imported && session->unread) ||
           is_told(session, class, dimension, name);
}

/* Finds the name that may have been meant. */
static void
suggest_name(struct session *session, enum diagnostic_code code,
             enum name_class class, uint32_t dimension, struct slice name,
             struct suggestion *suggestion)
{
    suggestion_init(suggestion, name);
    if (code == DIAGNOSTIC_UNKNOWN_UNIT) {
        const struct units *units = &session->vocabulary->units;
        for (size_t id = 1; id < units->count; id++) {
            suggestion_offer(
                suggestion, atoms_text(&session->atoms, units->items[id].name));
        }
    } else {
        offer_class(session, class, dimension, suggestion);
    }
    struct offer_library offer = {suggestion, library_word(code, class),
                                  may_be_code(name)};
    library_each_name(session, offer_library_name, &offer);
    if (class == CLASS_METRIC) { /* a name alone may be a kind */
        offer.word = "kind";
        offer_class(session, CLASS_KIND, 0, suggestion);
        library_each_name(session, offer_library_name, &offer);
    }
}

static void
report_unknown(struct session *session, enum diagnostic_code code,
               enum name_class class, uint32_t dimension, const char *what,
               const struct node *name)
{
    struct suggestion suggestion;
    if (is_excused(session, class, dimension, name->value.name)) {
        session->status = RUN_WRONG;
        session->checking = true;
        return;
    }
    struct diagnostic *record = diagnostics_add(
        session->diagnostics, SEVERITY_ERROR, code, name->span,
        "no %s named `%s`", what, scope_chars(session, name->value.name));
    note_told(session, class, dimension, name->value.name, record);
    if (class == CLASS_METRIC &&
        scope_find(session, CLASS_DEFINITION, name->value.name)) {
        diagnostics_label(session->diagnostics, record, "this is a definition");
        diagnostics_help(session->diagnostics, record,
                         "it takes its period and members from the question: "
                         "%s by country for 2023",
                         scope_chars(session, name->value.name));
        return;
    }
    const char *help = code == DIAGNOSTIC_UNKNOWN_UNIT
                           ? NULL
                           : misread_help(session, class, name->value.name);
    if (help) {
        diagnostics_help(session->diagnostics, record, "%s", help);
        return;
    }
    suggest_name(session, code, class, dimension,
                 atoms_text(&session->atoms, name->value.name), &suggestion);
    if (suggestion.best.len) {
        label_suggestion(session, record, class, suggestion.best);
    } else if (code == DIAGNOSTIC_UNKNOWN_KIND) {
        diagnostics_help(session->diagnostics, record,
                         "the kinds stand in: list kinds; one of your own is "
                         "declared with: kind plan like target");
    } else if (code == DIAGNOSTIC_UNKNOWN_UNIT) {
        diagnostics_help(session->diagnostics, record,
                         "declare it: unit %s \"...\"",
                         scope_chars(session, name->value.name));
    }
}

void
scope_unknown_member(struct session *session, const struct metric *metric,
                     const char *what, const struct node *name)
{
    uint32_t dimension = metric->dimensions[0];
    struct suggestion nearest;
    suggestion_init(&nearest, atoms_text(&session->atoms, name->value.name));
    for (int i = 0; i < metric->dimension_count; i++) {
        struct slice before = nearest.best;
        offer_class(session, CLASS_MEMBER, metric->dimensions[i], &nearest);
        dimension =
            nearest.best.at != before.at ? metric->dimensions[i] : dimension;
    }
    report_unknown(session, DIAGNOSTIC_UNKNOWN_MEMBER, CLASS_MEMBER, dimension,
                   what, name);
}

void
scope_unknown(struct session *session, enum diagnostic_code code,
              enum name_class class, const char *what, const struct node *name)
{
    report_unknown(session, code, class, 0, what, name);
}

uint32_t
scope_kind(struct session *session, const struct node *name)
{
    uint32_t id = scope_find(session, CLASS_KIND, name->value.name);
    if (!id) {
        scope_unknown(session, DIAGNOSTIC_UNKNOWN_KIND, CLASS_KIND, "kind",
                      name);
    }
    return id;
}

uint32_t
scope_metric(struct session *session, const struct node *name)
{
    uint32_t id = scope_find(session, CLASS_METRIC, name->value.name);
    if (!id &&
        slice_is(atoms_text(&session->atoms, name->value.name), "figure")) {
        scope_fail(session, name, DIAGNOSTIC_NOT_YET,
                   "`figure`, for any metric, does not run in this version",
                   NULL);
        return 0;
    }
    if (!id) {
        scope_unknown(session, DIAGNOSTIC_UNKNOWN_METRIC, CLASS_METRIC,
                      "metric", name);
    } else if (!store_load_lines(session->store, id)) {
        return 0;
    }
    return id;
}

uint32_t
scope_dimension(struct session *session, const struct node *name)
{
    uint32_t id = scope_find(session, CLASS_DIMENSION, name->value.name);
    if (!id) {
        scope_unknown(session, DIAGNOSTIC_UNKNOWN_DIMENSION, CLASS_DIMENSION,
                      "dimension", name);
    } else if (!store_load_members(session->store, id)) {
        return 0;
    }
    return id;
}

enum spread
scope_spread(struct session *session, atom name)
{
    struct slice word = atoms_text(&session->atoms, name);
    int spread = 0;
    while (spread < SPREAD_COUNT &&
           !slice_is(word, spread_word((enum spread)spread))) {
        spread++;
    }
    bool hidden =
        spread < SPREAD_COUNT && scope_find(session, CLASS_DIMENSION, name);
    return hidden ? SPREAD_COUNT : (enum spread)spread;
}

uint32_t
scope_axis(struct session *session, const struct node *name)
{
    enum spread spread = scope_spread(session, name->value.name);
    return spread < SPREAD_COUNT ? spread_dimension(spread)
                                 : scope_dimension(session, name);
}

uint32_t
scope_member(struct session *session, uint32_t dimension,
             const struct node *name)
{
    if (!store_load_members(session->store, dimension)) {
        return 0;
    }
    uint32_t id = vocabulary_find_member(session->vocabulary, dimension,
                                         name->value.name);
    if (!id) {
        struct buffer what = {0};
        buffer_format(
            &what, "member of %s",
            scope_chars(session, vocabulary_entry(session->vocabulary,
                                                  CLASS_DIMENSION, dimension)
                                     ->name));
        report_unknown(session, DIAGNOSTIC_UNKNOWN_MEMBER, CLASS_MEMBER,
                       dimension, what.text, name);
        buffer_free(&what);
    }
    return id;
}

void
scope_note_declared(struct session *session, enum name_class class,
                    const struct node *name, uint32_t id)
{
    struct suggestion suggestion;
    suggestion_init(&suggestion, atoms_text(&session->atoms, name->value.name));
    const struct entries *entries = &session->vocabulary->classes[class];
    bool looks = session->alike_work < ALIKE_WORK;
    session->alike_work += looks ? entries->count : 0;
    for (uint32_t other = 1; looks && other < entries->count; other++) {
        if (other != id) {
            suggestion_offer(
                &suggestion,
                atoms_text(&session->atoms, entries->items[other].name));
        }
    }
    struct diagnostic *record = diagnostics_add(
        session->diagnostics, SEVERITY_NOTICE, DIAGNOSTIC_DECLARED, name->span,
        "new %s %s", name_class_text(class),
        scope_chars(session, name->value.name));
    if (suggestion.best.len) {
        diagnostics_label(session->diagnostics, record, "did you mean %.*s?",
                          (int)suggestion.best.len, suggestion.best.at);
    }
}

static uint32_t
find_or_declare(struct session *session, enum name_class class,
                enum diagnostic_code code, const struct node *name,
                bool may_declare)
{
    uint32_t id = scope_find(session, class, name->value.name);
    if (id) {
        return id;
    }
    if (!may_declare || !scope_declares(session)) {
        scope_unknown(session, code, class, name_class_text(class), name);
        return 0;
    }
    if (!scope_may_declare(session, name, name_class_text(class), false) ||
        (!session->checking && !session_write(session))) {
        return 0;
    }
    struct entry entry = {.name = name->value.name};
    id = vocabulary_add(session->vocabulary, class, &entry);
    scope_note_declared(session, class, name, id);
    return id;
}

uint32_t
scope_actor(struct session *session, const struct node *name, bool may_declare)
{
    return find_or_declare(session, CLASS_ACTOR, DIAGNOSTIC_UNKNOWN_ACTOR, name,
                           may_declare);
}

uint32_t
scope_source(struct session *session, const struct node *name, bool may_declare)
{
    return find_or_declare(session, CLASS_SOURCE, DIAGNOSTIC_UNKNOWN_SOURCE,
                           name, may_declare);
}

uint32_t
scope_calendar(struct session *session, const struct node *name)
{
    uint32_t id = scope_find(session, CLASS_CALENDAR, name->value.name);
    if (!id) {
        scope_unknown(session, DIAGNOSTIC_UNKNOWN_CALENDAR, CLASS_CALENDAR,
                      "calendar", name);
    }
    return id;
}

const char *
scope_meaning(struct session *session, atom name)
{
    unit_id unit = units_find(&session->vocabulary->units, name);
    bool gives_way = unit == INDEX_NONE &&
                     text_is_currency(atoms_text(&session->atoms, name));
    if (!gives_way && scope_find_unit(session, name) != INDEX_NONE) {
        return "a unit";
    }
    if (vocabulary_find(session->vocabulary, CLASS_KIND, name)) {
        return "a kind";
    }
    if (vocabulary_find(session->vocabulary, CLASS_METRIC, name)) {
        return "a metric";
    }
    if (vocabulary_find(session->vocabulary, CLASS_DEFINITION, name) &&
        !library_has_function(session, name)) {
        return "a definition";
    }
    return NULL;
}

static bool
is_reserved(struct slice name)
{
    static const char *const words[] = {
        "if",   "then",  "else",  "and",     "or",       "not",
        "in",   "to",    "by",    "for",     "true",     "up",
        "down", "total", "false", "unknown", "possibly", "certainly"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (slice_is(name, words[i])) {
            return true;
        }
    }
    return false;
}

bool
scope_may_declare(struct session *session, const struct node *name,
                  const char *what, bool shared)
{
    struct slice text = atoms_text(&session->atoms, name->value.name);
    if (is_reserved(text)) {
        struct diagnostic *record = diagnostics_add(
            session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_NAME_RESERVED,
            name->span, "`%s` cannot be the name of %s %s", text.at,
            strchr("aeiou", what[0]) ? "an" : "a", what);
        diagnostics_help(session->diagnostics, record,
                         "it is a word of the language wherever it stands");
        return false;
    }
    const char *meaning =
        shared ? scope_meaning(session, name->value.name) : NULL;
    if (meaning) {
        struct diagnostic *record = diagnostics_add(
            session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_NAME_TAKEN,
            name->span, "`%s` is %s already", text.at, meaning);
        diagnostics_help(session->diagnostics, record,
                         "kinds, metrics, definitions and units share one "
                         "name space: choose another name for this %s",
                         what);
        return false;
    }
    return true;
}

const struct node *
scope_parameter(struct session *session, const struct node *node)
{
    if (node->kind != NODE_PARAM) {
        return node;
    }
    const char *name = scope_chars(session, node->value.name);
    struct parameter *parameter =
        scope_find_parameter(session, node->value.name);
    if (parameter && parameter->value) {
        parameter->used = true;
        return parameter->refused ? NULL : parameter->value;
    }
    if (is_told(session, CLASS_COUNT, 0, node->value.name) ||
        scope_is_poisoned(session, node->value.name)) {
        return NULL;
    }
    struct diagnostic *record = diagnostics_add(
        session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_UNKNOWN_PARAM,
        node->span,
        parameter ? "the parameter $%s has no value" : "no parameter named $%s",
        name);
    note_told(session, CLASS_COUNT, 0, node->value.name, record);
    struct suggestion suggestion;
    suggestion_init(&suggestion, slice_of(name));
    scope_offer_parameters(session, &suggestion);
    if (suggestion.best.len && !parameter) {
        diagnostics_label(session->diagnostics, record, "did you mean `$%.*s`?",
                          (int)suggestion.best.len, suggestion.best.at);
        return NULL;
    }
    diagnostics_help(session->diagnostics, record,
                     "give it one with --set %s=VALUE, or declare it: param "
                     "%s = VALUE",
                     name, name);
    return NULL;
}

bool
scope_is_word(const struct node *node)
{
    return node->kind == NODE_FIGURE && node->kid[2] && !node->kid[0] &&
           !node->kid[1] && !node->kid[3];
}

const char *
scope_text(struct session *session, const struct node *node)
{
    const struct node *value = scope_parameter(session, node);
    if (!value) {
        return NULL;
    }
    if (scope_is_word(value) && value != node) { /* --set place=Busan */
        return scope_chars(session, value->kid[2]->value.name);
    }
    if (value->kind != NODE_TEXT) {
        diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                        DIAGNOSTIC_TYPE_MISMATCH, node->span,
                        "a text is wanted here");
        return NULL;
    }
    struct slice text =
        literal_unescape(&session->scratch, literal_text(value->value));
    return arena_copy(&session->scratch, text.at, text.len);
}
