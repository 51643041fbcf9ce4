/* list and describe: the vocabulary as answers. */
#include "eval/scope.h"
#include "stdlib/function.h"
#include "stdlib/text.h"
#include "values/number.h"

#include "base/suggest.h"

#include <stdlib.h>

static const struct result_column name_column = {.name = "name",
                                                 .type = VALUE_TEXT,
                                                 .is_key = true,
                                                 .unit = "",
                                                 .factor = 1};

static struct result_column
text_column(const char *name)
{
    return (struct result_column){
        .name = name, .type = VALUE_TEXT, .unit = "", .factor = 1};
}

static struct result_column
count_column(const char *name)
{
    return (struct result_column){.name = name,
                                  .type = VALUE_NUMBER,
                                  .unit = "",
                                  .factor = 1,
                                  .scale = 0};
}

static struct result_value
text_value(const char *text)
{
    return (struct result_value){.type = VALUE_TEXT, .text = slice_of(text)};
}

static struct result_value
count_value(int64_t count)
{
    return (struct result_value){
        .type = VALUE_NUMBER, .number = (double)count, .place = 0};
}

/* Ids of a class in the order of their names. */

static uint32_t *
sorted_ids(struct session *session, enum name_class class, uint32_t dimension,
           size_t *count)
{
    const struct entries *entries = &session->vocabulary->classes[class];
    uint32_t *ids = arena_array(&session->scratch, uint32_t, entries->count);
    *count = 0;
    for (uint32_t id = 1; id < entries->count; id++) {
        bool wanted =
            entries->items[id].name != 0 &&
            (class != CLASS_MEMBER || entries->items[id].link == dimension);
        if (wanted) {
            ids[(*count)++] = id;
        }
    }
    /* Shell sort: no context is needed, and lists are short. */
    for (size_t gap = *count / 2; gap > 0; gap /= 2) {
        for (size_t i = gap; i < *count; i++) {
            uint32_t id = ids[i];
            size_t at = i;
            while (
                at >= gap &&
                slice_compare(
                    vocabulary_name(session->vocabulary, class, ids[at - gap]),
                    vocabulary_name(session->vocabulary, class, id)) > 0) {
                ids[at] = ids[at - gap];
                at -= gap;
            }
            ids[at] = id;
        }
    }
    return ids;
}

static int64_t
metric_facts(struct session *session, uint32_t metric, uint32_t kind)
{
    const struct extent *extents;
    size_t count;
    int64_t facts = 0;
    if (store_extents(session->store, &extents, &count)) {
        for (size_t i = 0; i < count; i++) {
            struct fact key = {.cell = extents[i].cell};
            bool wanted = (!metric || fact_metric(&key) == metric) &&
                          (!kind || fact_kind(&key) == kind);
            facts += wanted ? extents[i].count : 0;
        }
    }
    return facts;
}

static const char *
metric_unit(struct session *session, const struct metric *metric)
{
    const struct unit *unit = &session->vocabulary->units.items[metric->unit];
    struct buffer text = {0};
    buffer_format(&text, "%s%s%s", number_scale_letter(metric->scale),
                  metric->scale && metric->unit ? " " : "",
                  metric->unit ? scope_chars(session, unit->name) : "");
    const char *copy = arena_copy(&session->scratch, text.text, text.len);
    buffer_free(&text);
    return copy;
}

static const char *
metric_dimensions(struct session *session, const struct metric *metric)
{
    struct buffer text = {0};
    buffer_clear(&text);
    for (int i = 0; i < metric->dimension_count; i++) {
        buffer_add_text(&text, i ? ", " : "");
        buffer_add_slice(&text,
                         vocabulary_name(session->vocabulary, CLASS_DIMENSION,
                                         metric->dimensions[i]));
    }
    const char *copy = arena_copy(&session->scratch, text.text, text.len);
    buffer_free(&text);
    return copy;
}

/* What a class shows behind name and title. */
static size_t
class_columns(enum name_class class, struct result_column *columns)
{
    size_t count = 0;
    columns[count++] = name_column;
    columns[count++] = text_column("title");
    if (class == CLASS_METRIC) {
        columns[count++] = text_column("unit");
        columns[count++] = text_column("frequency");
        columns[count++] = text_column("dimensions");
    }
    if (class == CLASS_METRIC || class == CLASS_KIND) {
        columns[count++] = count_column("facts");
    }
    if (class == CLASS_CALENDAR) {
        columns[count++] = text_column("starts");
        columns[count++] = text_column("named by");
    }
    if (class == CLASS_SOURCE) {
        columns[count] = text_column("on");
        columns[count++].type = VALUE_DATE;
        columns[count++] = text_column("url");
    }
    return count;
}

static void
class_values(struct session *session, enum name_class class, uint32_t id,
             struct result_value *values)
{
    const struct entry *entry =
        vocabulary_entry(session->vocabulary, class, id);
    size_t count = 0;
    values[count++] = (struct result_value){
        .type = VALUE_TEXT,
        .text = vocabulary_name(session->vocabulary, class, id)};
    values[count++] = text_value(entry->title);
    if (class == CLASS_METRIC) {
        const struct metric *metric =
            vocabulary_metric(session->vocabulary, id);
        values[count++] = text_value(metric_unit(session, metric));
        values[count++] =
            text_value(frequency_word((enum frequency)metric->frequency));
        values[count++] = text_value(metric_dimensions(session, metric));
        values[count++] = count_value(metric_facts(session, id, 0));
    } else if (class == CLASS_KIND) {
        values[count++] = count_value(metric_facts(session, 0, id));
    } else if (class == CLASS_CALENDAR) {
        struct buffer starts = {0};
        buffer_format(&starts, "%02u-%02u", entry->link / 100,
                      entry->link % 100);
        values[count++] =
            text_value(arena_copy(&session->scratch, starts.text, starts.len));
        values[count++] = text_value(entry->flag ? "end" : "start");
        buffer_free(&starts);
    } else if (class == CLASS_SOURCE) {
        values[count++] =
            entry->link ? (struct result_value){.type = VALUE_DATE,
                                                .day = (day_number)entry->link +
                                                       entry->flag,
                                                .before = entry->flag}
                        : text_value("");
        values[count++] = text_value(entry->text ? entry->text : "");
    }
}

/* Names of the library enter the vocabulary, so that they are listed too. */
struct library_word {
    struct session *session;
    const char *word;
};

static void
declare_name(void *context, struct slice word, struct slice name,
             struct slice line)
{
    const struct library_word *wanted = context;
    struct session *session = wanted->session;
    atom id = atoms_intern(&session->atoms, name);
    (void)line;
    if (slice_is(word, wanted->word) && !scope_meaning(session, id) &&
        !text_is_currency(name)) {
        library_declare(session, wanted->word, id);
    }
}

static void
declare_all(struct session *session, const char *word)
{
    struct library_word wanted = {session, word};
    library_each_name(session, declare_name, &wanted);
}

static void
list_class(struct session *session, enum name_class class, uint32_t dimension)
{
    struct result_column columns[8];
    struct result_value values[8];
    const struct result_sink *sink = session->sink;
    size_t count;
    uint32_t *ids = sorted_ids(session, class, dimension, &count);
    struct result_head head = {.columns = columns,
                               .count = class_columns(class, columns)};
    struct result_foot foot = {.rows = count};
    sink->begin(sink->context, &head);
    for (size_t i = 0; i < count; i++) {
        class_values(session, class, ids[i], values);
        if (!sink->row(sink->context, values, NULL)) {
            return;
        }
    }
    sink->end(sink->context, &foot);
}

/* ONLY is the one unit to list; 0: all. */
static void
list_units(struct session *session, unit_id only)
{
    const struct units *units = &session->vocabulary->units;
    struct result_column columns[] = {name_column, text_column("title"),
                                      text_column("symbol"),
                                      text_column("measure")};
    struct result_value values[4];
    const struct result_sink *sink = session->sink;
    struct result_head head = {.columns = columns, .count = 4};
    struct result_foot foot = {.rows = only ? 1 : units->count - 1};
    sink->begin(sink->context, &head);
    for (size_t id = only ? only : 1; id < (only ? only + 1 : units->count);
         id++) {
        const struct unit *unit = &units->items[id];
        struct buffer measure = {0};
        buffer_clear(&measure);
        if (!unit->is_base && unit->measure) {
            number_print(&measure, unit->factor);
            buffer_add_char(&measure, ' ');
            units_print_measure(&measure, units, unit->measure,
                                &session->atoms);
        }
        values[0] = text_value(scope_chars(session, unit->name));
        values[1] = text_value(unit->title ? unit->title : "");
        values[2] = text_value(unit->symbol ? unit->symbol : "");
        values[3] = text_value(measure.text);
        bool going = sink->row(sink->context, values, NULL);
        buffer_free(&measure);
        if (!going) {
            return;
        }
    }
    sink->end(sink->context, &foot);
}

bool
definition_is_own(struct session *session, uint32_t id)
{
    struct library_function function;
    const struct entry *entry =
        vocabulary_entry(session->vocabulary, CLASS_DEFINITION, id);
    struct slice name =
        vocabulary_name(session->vocabulary, CLASS_DEFINITION, id);
    return !function_find(name, &function) ||
           !slice_equal(slice_of(entry->title), function.title);
}

static bool
list_function(struct session *session, struct slice topic, struct slice name,
              struct slice title)
{
    const struct result_sink *sink = session->sink;
    struct result_value values[] = {{.type = VALUE_TEXT, .text = name},
                                    {.type = VALUE_TEXT, .text = topic},
                                    {.type = VALUE_TEXT, .text = title}};
    return sink->row(sink->context, values, NULL);
}

/* Topic by topic; those of the user's own come last. */
static void
list_functions(struct session *session)
{
    struct result_column columns[] = {name_column, text_column("topic"),
                                      text_column("title")};
    const struct result_sink *sink = session->sink;
    struct result_head head = {.columns = columns, .count = 3};
    struct result_foot foot = {0};
    struct function_walk walk = {0};
    struct library_function function;
    size_t count;
    uint32_t *ids = sorted_ids(session, CLASS_DEFINITION, 0, &count);
    bool going = true;
    sink->begin(sink->context, &head);
    while (going && function_next(&walk, &function)) {
        going = list_function(session, function.topic, function.name,
                              function_summary(&function));
        foot.rows++;
    }
    for (size_t i = 0; going && i < count; i++) {
        if (definition_is_own(session, ids[i])) {
            const struct entry *entry =
                vocabulary_entry(session->vocabulary, CLASS_DEFINITION, ids[i]);
            going = list_function(
                session, SLICE("own"),
                vocabulary_name(session->vocabulary, CLASS_DEFINITION, ids[i]),
                slice_of(entry->title));
            foot.rows++;
        }
    }
    if (going) {
        sink->end(sink->context, &foot);
    }
}

static void
list_settings(struct session *session)
{
    struct result_column columns[] = {name_column, text_column("value"),
                                      text_column("title")};
    const struct result_sink *sink = session->sink;
    struct result_head head = {.columns = columns, .count = 3};
    struct result_foot foot = {.rows = 1};
    struct result_value values[] = {
        text_value("strict"),
        text_value(session->options.strict ? "on" : "off"),
        text_value("Unknown names are errors, also in facts")};
    sink->begin(sink->context, &head);
    sink->row(sink->context, values, NULL);
    sink->end(sink->context, &foot);
}

static const struct {
    const char *word;
    enum name_class class;
} class_words[] = {{"kinds", CLASS_KIND},
                   {"metrics", CLASS_METRIC},
                   {"dimensions", CLASS_DIMENSION},
                   {"actors", CLASS_ACTOR},
                   {"sources", CLASS_SOURCE},
                   {"calendars", CLASS_CALENDAR},
                   {"definitions", CLASS_DEFINITION}};

static bool
unknown_list(struct session *session, const struct node *name)
{
    struct suggestion suggestion;
    struct slice word = atoms_text(&session->atoms, name->value.name);
    static const char *const others[] = {
        "members",  "units",   "currencies", "functions", "frequencies",
        "settings", "imports", "rules",      "policies"};
    struct diagnostic *record = diagnostics_add(
        session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_UNKNOWN_TOPIC,
        name->span, "there is no list of `%s`", word.at);
    suggestion_init(&suggestion, word);
    for (size_t i = 0; i < sizeof class_words / sizeof *class_words; i++) {
        suggestion_offer(&suggestion, slice_of(class_words[i].word));
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        suggestion_offer(&suggestion, slice_of(others[i]));
    }
    if (suggestion.best.len) {
        diagnostics_label(session->diagnostics, record, "did you mean `%s`?",
                          suggestion.best.at);
    }
    diagnostics_help(session->diagnostics, record,
                     "there are lists of metrics, kinds, units, dimensions, "
                     "members of DIMENSION, actors, sources, calendars, "
                     "definitions, functions, currencies, frequencies, "
                     "imports, rules, policies and settings");
    return false;
}

bool
list_statement(struct session *session, const struct node *statement)
{
    const struct node *name = statement->kid[0];
    const struct node *of = statement->kid[1];
    struct slice word = atoms_text(&session->atoms, name->value.name);
    if (slice_is(word, "members")) {
        if (!of) {
            diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                            DIAGNOSTIC_CLAUSE, name->span,
                            "say of which dimension: list members of "
                            "country");
            return false;
        }
        uint32_t dimension = scope_dimension(session, of);
        if (dimension && !session->checking) {
            list_class(session, CLASS_MEMBER, dimension);
        }
        return dimension != 0;
    }
    if (of) {
        return scope_fail(session, of, DIAGNOSTIC_CLAUSE,
                          "only members are listed of something",
                          "list members of country");
    }
    for (size_t i = 0; i < sizeof class_words / sizeof *class_words; i++) {
        if (slice_is(word, class_words[i].word)) {
            if (!session->checking) {
                declare_all(session, name_class_text(class_words[i].class));
                list_class(session, class_words[i].class, 0);
            }
            return true;
        }
    }
    bool units = slice_is(word, "units");
    bool functions = slice_is(word, "functions");
    bool imports = slice_is(word, "imports");
    bool currencies = slice_is(word, "currencies");
    bool frequencies = slice_is(word, "frequencies");
    bool rules = slice_is(word, "rules") || slice_is(word, "policies");
    if (!units && !functions && !imports && !currencies && !frequencies &&
        !rules && !slice_is(word, "settings")) {
        return unknown_list(session, name);
    }
    if (session->checking) {
        return true;
    }
    if (imports) {
        return list_imports(session);
    }
    if (rules) {
        return list_rules(session, word.at);
    }
    if (currencies) {
        list_currencies(session);
    } else if (frequencies) {
        list_frequencies(session);
    } else if (units) {
        declare_all(session, "unit");
        list_units(session, 0);
    } else if (functions) {
        list_functions(session);
    } else {
        list_settings(session);
    }
    return true;
}

/* describe ----------------------------------------------------------------- */

static void
describe_row(struct session *session, const char *name, const char *value)
{
    struct result_value values[] = {text_value(name), text_value(value)};
    if (value && *value) {
        session->sink->row(session->sink->context, values, NULL);
    }
}

static void
describe_metric(struct session *session, uint32_t id)
{
    const struct vocabulary *vocabulary = session->vocabulary;
    const struct metric *metric = vocabulary_metric(vocabulary, id);
    struct buffer text = {0};
    const struct extent *extents;
    size_t count;
    describe_row(session, "unit", metric_unit(session, metric));
    describe_row(session, "frequency",
                 frequency_word((enum frequency)metric->frequency));
    describe_row(session, "aggregation",
                 aggregation_text((enum aggregation)metric->aggregation));
    describe_row(session, "dimensions", metric_dimensions(session, metric));
    if (metric->calendar) {
        describe_row(
            session, "calendar",
            vocabulary_name(vocabulary, CLASS_CALENDAR, metric->calendar).at);
    }
    if (!store_extents(session->store, &extents, &count)) {
        return;
    }
    for (size_t i = 0; i < count;) {
        struct fact key = {.cell = extents[i].cell};
        size_t end = i;
        int64_t facts = 0;
        while (end < count &&
               extents[end].cell >> 24 == extents[i].cell >> 24) {
            facts += extents[end++].count;
        }
        if (fact_metric(&key) == id) {
            struct fact last = {.cell = extents[end - 1].cell};
            struct period from = {fact_frequency(&key), fact_period(&key)};
            struct period to = {fact_frequency(&key), fact_period(&last)};
            buffer_clear(&text);
            buffer_format(&text, "%lld fact%s", (long long)facts,
                          facts == 1 ? "" : "s");
            if (from.frequency != FREQUENCY_ONCE) {
                buffer_format(&text, ", %s, ", frequency_word(from.frequency));
                period_print(&text, from, metric->calendar != 0);
                buffer_add_text(&text, "..");
                period_print(&text, to, metric->calendar != 0);
            }
            describe_row(
                session,
                vocabulary_name(vocabulary, CLASS_KIND, fact_kind(&key)).at,
                text.text);
        }
        i = end;
    }
    buffer_free(&text);
}

static void
describe_entry(struct session *session, enum name_class class, uint32_t id)
{
    const struct entry *entry =
        vocabulary_entry(session->vocabulary, class, id);
    struct buffer text = {0};
    describe_row(session, "title", entry->title);
    switch (class) {
    case CLASS_METRIC:
        describe_metric(session, id);
        break;
    case CLASS_KIND:
        describe_row(session, "rounding",
                     entry->flag ? "to the last written digit" : "exact");
        buffer_format(&text, "%lld", (long long)metric_facts(session, 0, id));
        describe_row(session, "facts", text.text);
        break;
    case CLASS_DEFINITION:
        for (const char *c = entry->text; *c; c++) { /* on one line */
            bool blank = *c == '\n' || *c == ' ';
            bool doubled = text.len && text.text[text.len - 1] == ' ';
            if (!blank || !doubled) {
                buffer_add_char(&text, blank ? ' ' : *c);
            }
        }
        describe_row(session, "definition", text.text);
        break;
    case CLASS_SOURCE:
        if (entry->link) {
            buffer_add_text(&text, entry->flag ? ".." : "");
            day_print(&text, (day_number)entry->link + entry->flag);
            describe_row(session, "on", text.text);
        }
        describe_row(session, "url", entry->text);
        break;
    case CLASS_MEMBER:
        for (size_t i = 0; i < session->vocabulary->part_count; i++) {
            const struct member_part *part = &session->vocabulary->parts[i];
            if (part->group == id) {
                buffer_add_text(&text, text.len ? " + " : "");
                buffer_add_slice(&text,
                                 vocabulary_name(session->vocabulary,
                                                 CLASS_MEMBER, part->part));
            }
        }
        describe_row(session, "parts", text.text ? text.text : "");
        break;
    case CLASS_CALENDAR:
        buffer_format(&text, "%02u-%02u", entry->link / 100, entry->link % 100);
        describe_row(session, "starts", text.text);
        describe_row(session, "named by", entry->flag ? "end" : "start");
        break;
    case CLASS_DIMENSION: {
        size_t count;
        sorted_ids(session, CLASS_MEMBER, id, &count);
        buffer_format(&text, "%zu", count);
        describe_row(session, "members", text.text);
        break;
    }
    case CLASS_ACTOR:
    case CLASS_COUNT:
        break;
    }
    buffer_free(&text);
}

static bool
describe_one(struct session *session, enum name_class class, uint32_t id,
             atom name)
{
    struct result_column columns[] = {{.name = "property",
                                       .heading = scope_chars(session, name),
                                       .type = VALUE_TEXT,
                                       .is_key = true,
                                       .unit = "",
                                       .factor = 1},
                                      {.name = "value",
                                       .heading = name_class_text(class),
                                       .type = VALUE_TEXT,
                                       .unit = "",
                                       .factor = 1}};
    struct result_head head = {.columns = columns, .count = 2};
    struct result_foot foot = {0};
    const struct result_sink *sink = session->sink;
    if (class == CLASS_METRIC && !store_load_lines(session->store, id)) {
        return false;
    }
    sink->begin(sink->context, &head);
    describe_entry(session, class, id);
    sink->end(sink->context, &foot);
    return true;
}

bool
describe_statement(struct session *session, const struct node *statement)
{
    const struct node *name = statement->kid[0];
    bool found = false;
    unit_id unit = scope_find_unit(session, name->value.name);
    if (unit != INDEX_NONE) {
        found = true;
        if (!session->checking) {
            list_units(session, unit);
        }
    }
    size_t dimensions = session->vocabulary->classes[CLASS_DIMENSION].count;
    for (uint32_t id = 1; id < dimensions; id++) {
        store_load_members(session->store, id);
        uint32_t member =
            vocabulary_find_member(session->vocabulary, id, name->value.name);
        if (member) {
            found = true;
            if (!session->checking) {
                describe_one(session, CLASS_MEMBER, member, name->value.name);
            }
        }
    }
    for (int class = 0; class < CLASS_COUNT; class ++) {
        uint32_t id = class == CLASS_MEMBER
                          ? 0
                          : scope_find(session, (enum name_class) class,
                                       name->value.name);
        if (id) {
            found = true;
            if (!session->checking &&
                !describe_one(session, (enum name_class) class, id,
                              name->value.name)) {
                return false;
            }
        }
    }
    if (!found) {
        scope_unknown(session, DIAGNOSTIC_UNKNOWN_NAME, CLASS_METRIC,
                      "metric, kind, member, actor, source or other thing",
                      name);
    }
    return found;
}
