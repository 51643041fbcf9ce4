/* Fact bases made at random, with names and texts that nobody should use: a
 * vocabulary, and statements in every form that a fact can have.  Many of them
 * fail, as they do for a person.
 */
#ifndef TESTS_UNIT_RANDOM_STORY_H
#define TESTS_UNIT_RANDOM_STORY_H

#include "eval/scope.h"
#include "eval/session.h"

#include "tests/unit/reading_sink.h"

/* Chance ------------------------------------------------------------------ */

static uint64_t state;

static unsigned
below(unsigned limit)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)(state >> 33) % limit;
}

static bool
happens(unsigned percent)
{
    return below(100) < percent;
}

/* One of the words that bars part; they are cut apart when first used. */
static const char *
some_word(char *list)
{
    static char *lists[3];
    static const char *words[3][64];
    static unsigned counts[3];
    unsigned number = 0;
    while (lists[number] && lists[number] != list) {
        number++;
    }
    if (!lists[number]) {
        lists[number] = list;
        for (char *at = list; at;) {
            words[number][counts[number]++] = at;
            at = strchr(at, '|');
            if (at) {
                *at++ = '\0';
            }
        }
    }
    return words[number][below(counts[number])];
}

#define PICK(list) ((list)[below(sizeof(list) / sizeof *(list))])

/* Hostile words ----------------------------------------------------------- */

static char odd_names[] =
    "exports|Exports|source|note|record|value|kind|period|actor|vintage|"
    "unit|2023|1e5|FY2023|million|B|a b| lead|trail |a,b|a;b;c;d;e;f|"
    "say \"x\"|it's|{x:.1%}|été|e\314\201t\303\251|日本|tab\there|\001\037|"
    "back\\slash|NA|..|nan|-|*|=|total x|x of y|on|if x|as of|growth_x|"
    "#no comment|a\302\240b|\357\273\277bom|\342\200\256rtl|$p|low|"
    "retract|define|using|10-01|a/b|5 kg x|growth|cagr|KRW|tonne|yoy|_Z|_T|PT";

/* Codes of members may hold anything. */
static char odd_codes[] =
    "KR|US|0101|007|2023|a\nb|back`quote|\"|\\| |  |x |\t|a,b\r\nc|NA|..|"
    "*|{}|e\314\201|été|true|by|actual|1e5|2023-10|-|\007|a=b, c|"
    "12345678901234567890123|moef|Total|%|;|_Z|_T";

static char odd_texts[] =
    "plain|a \"quoted\" one|two\nlines|{braces} \\{too}|\ttab\r\n|"
    "back\\slash\\|caf\303\251|e\314\201|\001\177\037|`backquote`|,;,;|"
    " blanks |\342\200\250ls|# hash|=1+1|x\357\277\275y";

static void
add_name(struct buffer *text, const char *name)
{
    buffer_format(text, "`%s`", name);
}

static void
add_text(struct buffer *text, const char *said)
{
    buffer_add_char(text, '"');
    literal_escape(text, slice_of(said), happens(50));
    buffer_add_char(text, '"');
}

/* A vocabulary ------------------------------------------------------------- */

enum { DIMENSIONS = 3, MEMBERS = 5, METRICS = 9, ACTORS = 3, SOURCES = 4 };

struct base {
    struct session *session;
    struct diagnostics diagnostics;
    const char *dimensions[DIMENSIONS];
    const char *members[DIMENSIONS][MEMBERS];
    const char *metrics[METRICS];
    unsigned shapes[METRICS];
    bool takes[METRICS][DIMENSIONS];
    const char *units[4];
    const char *kinds[6];
    const char *actors[ACTORS];
    const char *sources[SOURCES];
    unsigned follows;    /* of a hundred metrics, in units of a dimension */
    struct buffer story; /* what was run, for a failure */
};

/* What a metric is in, and with which units its facts may be stated. */
static const struct {
    const char *frequency;
    const char *unit;
    const char *amounts[6];
} shapes[] = {
    {"flow yearly", "in USD", {" USD", "", "", "K USD"}},
    {"flow monthly", "in B USD", {"", " USD", "M", " USD"}},
    {"stock yearly", "in tonne", {" kg", " tonne", "", "K kg"}},
    {"flow quarterly", "in barrel", {" barrel", " l", "", "M barrel"}},
    {"rate monthly", "in %", {"%", "", "%", "%"}},
    {"yearly", "in pp", {" pp", "", " bp", " pp"}},
    {"index daily", "", {"", "", "K", "%"}},
    {"weekly", "in M", {"", "K", "", "T"}},
    {"halfyearly", "in USD / person", {"", " USD / person", "", "M"}},
    {"once", "in job", {" job", "", " job", "K job"}},
    {"stock yearly",
     "in currency of DIMENSION",
     {" KRW", " USD", " KRW", "K USD"}},
    {"flow yearly", "in UNIT", {" UNIT", "", "K", " UNIT"}},
    {"flow yearly on `fiscal`", "in EUR", {"", " EUR", "M", "K EUR"}},
    {"", "", {"", "", " USD", ""}}, /* declared by its first fact */
};

enum {
    SHAPES = sizeof shapes / sizeof *shapes,
    ON_THE_SPOT = SHAPES - 1,
    FOLLOWS = 10
};

static bool
run(struct base *base, struct slice text)
{
    buffer_add_slice(&base->story, text);
    buffer_add_char(&base->story, '\n');
    enum run_status status =
        session_run(base->session, "story", text, &reading_sink);
    diagnostics_clear(&base->diagnostics);
    return status == RUN_DONE;
}

/* Declares one name; another one is tried where it is taken. */
static const char *
declare(struct base *base, const char *before, const char *title,
        const char *after)
{
    for (;;) {
        const char *name = some_word(odd_names);
        struct buffer text = {0};
        buffer_add_text(&text, before);
        add_name(&text, name);
        if (title) {
            add_text(&text, title);
        }
        buffer_add_text(&text, after);
        bool done = run(base, buffer_slice(&text));
        buffer_free(&text);
        if (done) {
            return name;
        }
    }
}

static const char *
some_title(void)
{
    return happens(50) ? some_word(odd_texts) : NULL;
}

static void
declare_members(struct base *base, int dimension)
{
    struct buffer text = {0};
    for (int i = 0; i < MEMBERS; i++) {
        const char *code = some_word(odd_codes);
        bool group = i > 2 && happens(60);
        buffer_clear(&text);
        buffer_add_text(&text, "member ");
        add_text(&text, code);
        if (happens(40)) {
            add_text(&text, some_word(odd_texts));
        }
        buffer_add_text(&text, " of ");
        add_name(&text, base->dimensions[dimension]);
        for (int part = 0; group && part < i; part++) {
            buffer_add_text(&text, part ? " + " : " = ");
            add_text(&text, base->members[dimension][part]);
        }
        /* A code that comes twice is declared already, or is another group. */
        run(base, buffer_slice(&text));
        base->members[dimension][i] = code;
    }
    buffer_free(&text);
}

static void
declare_metric(struct base *base, int number)
{
    struct buffer after = {0};
    unsigned shape = happens(base->follows) ? FOLLOWS : below(SHAPES);
    bool on_the_spot = shape == ON_THE_SPOT;
    const char *unit = shapes[shape].unit;
    const char *calendar = strchr(shapes[shape].frequency, '`');
    buffer_add_char(&after, ' ');
    buffer_add(&after, shapes[shape].frequency,
               strcspn(shapes[shape].frequency, "o`") > 0 && calendar
                   ? (size_t)(calendar - shapes[shape].frequency) - 3
                   : strlen(shapes[shape].frequency));
    buffer_add_char(&after, ' ');
    if (strstr(unit, "DIMENSION")) {
        buffer_add_text(&after, "in currency of ");
        add_name(&after, base->dimensions[0]);
    } else if (strstr(unit, "UNIT")) {
        buffer_add_text(&after, "in ");
        add_name(&after, PICK(base->units));
    } else {
        buffer_add_text(&after, unit);
    }
    bool some = false;
    for (int i = 0; i < DIMENSIONS; i++) {
        bool followed = i == 0 && strstr(unit, "DIMENSION");
        base->takes[number][i] = happens(50) || followed;
        if (base->takes[number][i]) {
            buffer_add_text(&after, some ? ", " : " by ");
            add_name(&after, base->dimensions[i]);
            some = true;
        }
    }
    buffer_add_text(&after, calendar ? " on `fiscal`" : "");
    base->shapes[number] = shape;
    base->metrics[number] =
        on_the_spot ? some_word(odd_names)
                    : declare(base, "metric ", some_title(), after.text);
    buffer_free(&after);
}

static void
make_vocabulary(struct base *base)
{
    static const char *const models[] = {"actual", "target", "forecast",
                                         "pledge", "estimate"};
    static const char *const definitions[] = {
        " = 5 kg", " symbol \"¤\"",    " = 12",         " = 2.5 USD / person",
        "",        " = 0.3 pp",        " = 1000 tonne", " = 158.987294928 l",
        " = 0.5%", " = 3.3 * kg^2 / l"};
    static const char *const days[] = {"", " on 2023-10-05", " on ..2019-12-31",
                                       " on 2023 url \"u\""};
    for (int i = 0; i < 4; i++) {
        base->units[i] =
            declare(base, "unit ", some_title(), PICK(definitions));
    }
    for (int i = 0; i < 5; i++) {
        base->kinds[i] = models[i];
    }
    struct buffer like = {0};
    buffer_format(&like, " like %s", PICK(models));
    base->kinds[5] = declare(base, "kind ", some_title(), like.text);
    buffer_free(&like);
    run(base, happens(50)
                  ? SLICE("calendar `fiscal` starts 10-01 named by end")
                  : SLICE("calendar `fiscal` \"f\" starts 04-06 named by "
                          "start"));
    for (int i = 0; i < DIMENSIONS; i++) {
        /* Two spellings may be one name. */
        const struct entries *known =
            &base->session->vocabulary->classes[CLASS_DIMENSION];
        for (size_t count = known->count; known->count == count;) {
            base->dimensions[i] = declare(base, "dimension ", some_title(), "");
        }
        declare_members(base, i);
    }
    for (int i = 0; i < METRICS; i++) {
        declare_metric(base, i);
    }
    for (int i = 0; i < ACTORS; i++) {
        base->actors[i] = happens(80)
                              ? declare(base, "actor ", some_title(), "")
                              : some_word(odd_names);
    }
    for (int i = 0; i < SOURCES; i++) {
        base->sources[i] =
            happens(80) ? declare(base, "source ", some_title(), PICK(days))
                        : some_word(odd_names);
    }
    declare(base, "define ", NULL, "(x) = 2 * x + 1");
    declare(base, "define ", some_title(), " = 5 / 3");
}

/* Facts -------------------------------------------------------------------- */

static void
add_period(struct base *base, int metric, struct buffer *text)
{
    const char *frequency = shapes[base->shapes[metric]].frequency;
    /* Many periods far apart would cost time, and nothing else. */
    bool far = happens(10) && !strstr(frequency, "weekly") &&
               !strstr(frequency, "daily");
    unsigned year = far ? 1 + below(3000) : 2018 + below(5);
    if (strstr(frequency, "once")) {
        return;
    }
    if (strstr(frequency, "fiscal") && happens(50)) {
        buffer_format(text, "FY%04u ", year);
    } else if (strstr(frequency, "month") || happens(5)) {
        buffer_format(text, "%04u-%02u ", year, 1 + below(12));
    } else if (strstr(frequency, "week") || happens(3)) {
        buffer_format(text, "%04u-W%02u ", year, 1 + below(52));
    } else if (strstr(frequency, "daily")) {
        buffer_format(text, "%04u-%02u-%02u ", year, 1 + below(12),
                      1 + below(28));
    } else if (strstr(frequency, "quarter") || happens(3)) {
        buffer_format(text, "%04u-Q%u ", year, 1 + below(4));
    } else if (strstr(frequency, "half")) {
        buffer_format(text, "%04u-H%u ", year, 1 + below(2));
    } else {
        buffer_format(text, "%04u ", year);
    }
}

static void
add_figure(struct base *base, int metric, const char *kind, struct buffer *text)
{
    bool some = false;
    add_name(text, kind);
    buffer_add_char(text, ' ');
    add_period(base, metric, text);
    add_name(text, base->metrics[metric]);
    for (int i = 0; i < DIMENSIONS; i++) {
        if (base->takes[metric][i] && happens(70)) {
            buffer_add_text(text, some ? ", " : "[");
            add_name(text, base->dimensions[i]);
            buffer_add_text(text, " = ");
            add_text(text, PICK(base->members[i]));
            some = true;
        }
    }
    buffer_add_text(text, some ? "]" : "");
}

static void
add_digits(struct buffer *text)
{
    unsigned count = 1 + (happens(80) ? below(5) : below(17));
    unsigned point = happens(40) ? 1 + below(count) : 0;
    count = happens(3) ? 19 + below(10) : count;
    buffer_add_text(text, happens(15) ? "-" : "");
    buffer_add_char(text, (char)('0' + below(10)));
    for (unsigned i = 1; i < count; i++) {
        buffer_add_text(text, i == point ? "." : "");
        buffer_add_char(text, (char)('0' + below(10)));
    }
    if (happens(8)) {
        buffer_format(text, "e%d", (int)below(60) - 30);
    }
}

/* An amount in a unit that fits, perhaps with a letter of a scale. */
static void
add_amount(struct base *base, int metric, struct buffer *text)
{
    const char *unit = shapes[base->shapes[metric]].amounts[below(4)];
    add_digits(text);
    if (strchr("KMT", unit[0]) && unit[0] &&
        strchr("0123456789", text->text[text->len - 1]) &&
        memchr(text->text + (text->len > 4 ? text->len - 4 : 0), 'e',
               text->len > 4 ? 4 : text->len)) {
        unit++; /* no letter behind a power of ten */
    }
    const char *own = strstr(unit, "UNIT");
    buffer_add(text, unit, own ? (size_t)(own - unit) : strlen(unit));
    if (own) {
        add_name(text, PICK(base->units));
    }
}

static void
add_moves(struct base *base, int metric, struct buffer *text)
{
    static const char *const moves[] = {" record",
                                        " low",
                                        " up 3% from 2017",
                                        " down 0.50 pp from 2017",
                                        " up 25.8% from 2017-Q3 low",
                                        " up about 3% from 2017"};
    buffer_add_text(text, PICK(moves));
    if (happens(30)) {
        buffer_add_text(text, " down 4.5% from ");
        add_figure(base, metric, PICK(base->kinds), text);
    }
}

static void
add_value(struct base *base, int metric, struct buffer *text)
{
    static const char *const hedges[] = {"about ", "over ", "nearly ",
                                         "exactly "};
    switch (below(15)) {
    case 0:
        buffer_add_text(text, happens(50) ? " >= " : " <= ");
        add_amount(base, metric, text);
        break;
    case 1:
        buffer_add_text(text, " in ");
        add_amount(base, metric, text);
        buffer_add_text(text, " .. ");
        add_amount(base, metric, text);
        break;
    case 2:
        buffer_add_text(text, happens(50) ? " in 5.." : " in ..7.5");
        break;
    case 3:
        buffer_add_text(text, " = ");
        add_amount(base, metric, text);
        buffer_add_text(text, " +- ");
        if (happens(30)) {
            buffer_add_text(text, "5%");
        } else {
            add_amount(base, metric, text);
        }
        break;
    case 4:
        buffer_add_text(text, " = ");
        buffer_add_text(text, PICK(hedges));
        add_amount(base, metric, text);
        break;
    case 5:
        buffer_add_text(text, " = ");
        add_amount(base, metric, text);
        add_moves(base, metric, text);
        break;
    case 6:
        buffer_add_text(text, " = 1.5 * ");
        add_figure(base, metric, PICK(base->kinds), text);
        break;
    case 7:
        buffer_add_text(text, " = up 3% from 2019");
        break;
    case 9:
        buffer_add_text(text, " = 2 * ");
        add_amount(base, metric, text);
        buffer_add_text(text, " / 3");
        break;
    case 10:
        buffer_add_text(text, " = if 2 > 1 then sum(");
        add_name(text, base->metrics[metric]);
        buffer_add_text(text, " over ");
        add_name(text, PICK(base->dimensions));
        buffer_add_text(text, ") else ");
        add_amount(base, metric, text);
        break;
    case 11:
        buffer_add_text(text, happens(50) ? " = $share * " : " = $half * ");
        add_name(text, base->metrics[metric]);
        break;
    case 8:
        buffer_add_text(text, " = ");
        add_name(text, base->metrics[below(METRICS)]);
        break;
    default:
        buffer_add_text(text, " = ");
        add_amount(base, metric, text);
        break;
    }
}

static void
add_annotations(struct base *base, struct buffer *text)
{
    static const char *const texts[] = {" if ", " note ", " url "};
    if (happens(50)) {
        buffer_add_text(text, " by ");
        add_name(text, PICK(base->actors));
    }
    if (happens(30)) {
        buffer_add_text(text, " source ");
        add_name(text, PICK(base->sources));
    }
    if (happens(50)) {
        buffer_format(text, " on %s%04u-%02u-%02u", happens(20) ? ".." : "",
                      happens(3) ? 1 : 2022 + below(2),
                      1 + below(happens(90) ? 2 : 12), 1 + below(3));
    }
    for (int i = 0; i < 3; i++) {
        if (happens(10)) {
            buffer_add_text(text, texts[i]);
            add_text(text, some_word(odd_texts));
        }
    }
}

static void
add_context(struct base *base, struct buffer *text)
{
    int dimension = (int)below(DIMENSIONS);
    buffer_add_text(text, "using ");
    add_name(text, base->dimensions[dimension]);
    buffer_add_char(text, ' ');
    add_text(text, PICK(base->members[dimension]));
    buffer_add_char(text, '\n');
}

/* States a fact, or takes one back, perhaps in a context. */
static void
state_something(struct base *base)
{
    struct buffer text = {0};
    int metric = (int)below(METRICS);
    if (happens(15)) {
        add_context(base, &text);
    }
    buffer_add_text(&text, happens(base->follows ? 25 : 8) ? "retract " : "");
    bool retracts =
        text.len >= 8 && strcmp(text.text + text.len - 8, "retract ") == 0;
    add_figure(base, metric, PICK(base->kinds), &text);
    if (!retracts) {
        add_value(base, metric, &text);
    }
    if (!retracts || happens(30)) {
        add_annotations(base, &text);
    }
    if (retracts) {
        buffer_add_text(&text, " because ");
        add_text(&text, some_word(odd_texts));
    }
    run(base, buffer_slice(&text));
    if (happens(3)) {
        run(base, SLICE("undo"));
    }
    buffer_free(&text);
}

#endif
