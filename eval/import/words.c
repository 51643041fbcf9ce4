/* Words in the headers of data files, as those who publish figures use them. */
#include "eval/import/guess.h"

#include "base/utf8.h"

const struct role_word role_words[] = {
    {"period", ROLE_PERIOD},
    {"time_period", ROLE_PERIOD},
    {"year", ROLE_PERIOD},
    {"time", ROLE_PERIOD},
    {"ref_date", ROLE_PERIOD},
    {"reference_period", ROLE_PERIOD},
    {"obs_time", ROLE_PERIOD},
    {"observation_date", ROLE_PERIOD},
    {"fiscal_year", ROLE_PERIOD},
    {"date", ROLE_PERIOD},
    {"quarter", ROLE_PERIOD},
    {"month", ROLE_PERIOD},
    {"week", ROLE_PERIOD},
    {"day", ROLE_PERIOD},
    {"value", ROLE_VALUE},
    {"obs_value", ROLE_VALUE},
    {"amount", ROLE_VALUE},
    {"figure", ROLE_VALUE},
    {"observation", ROLE_VALUE},
    {"val", ROLE_VALUE},
    {"obs", ROLE_VALUE},
    {"kind", ROLE_KIND},
    {"status", ROLE_KIND},
    {"obs_status", ROLE_KIND},
    {"value_type", ROLE_KIND},
    {"scenario", ROLE_KIND},
    {"type", ROLE_KIND},
    {"flag", ROLE_KIND},
    {"metric", ROLE_METRIC},
    {"indicator_code", ROLE_METRIC},
    {"series_code", ROLE_METRIC},
    {"weo_subject_code", ROLE_METRIC},
    {"subject_code", ROLE_METRIC},
    {"indicator_id", ROLE_METRIC},
    {"series_id", ROLE_METRIC},
    {"indicator", ROLE_METRIC},
    {"concept", ROLE_METRIC},
    {"series", ROLE_METRIC},
    {"variable", ROLE_METRIC},
    {"subject", ROLE_METRIC},
    {"measure", ROLE_METRIC},
    {"indicator_name", ROLE_METRIC},
    {"series_name", ROLE_METRIC},
    {"statistic", ROLE_METRIC},
    {"item", ROLE_METRIC},
    {"unit", ROLE_UNIT},
    {"unit_measure", ROLE_UNIT},
    {"units", ROLE_UNIT},
    {"unit_code", ROLE_UNIT},
    {"uom", ROLE_UNIT},
    {"unit_mult", ROLE_SCALE},
    {"powercode_code", ROLE_SCALE},
    {"on", ROLE_ON},
    {"vintage", ROLE_ON},
    {"vintage_date", ROLE_ON},
    {"pub_date", ROLE_ON},
    {"publication_date", ROLE_ON},
    {"published", ROLE_ON},
    {"release_date", ROLE_ON},
    {"released", ROLE_ON},
    {"release", ROLE_ON},
    {"as_of", ROLE_ON},
    {"asof", ROLE_ON},
    {"edition", ROLE_ON},
    {"issue_date", ROLE_ON},
    {"forecast_date", ROLE_ON},
    {"report_date", ROLE_ON},
    {"stated", ROLE_ON},
    {"actor", ROLE_ACTOR},
    {"by", ROLE_ACTOR},
    {"forecaster", ROLE_ACTOR},
    {"institution", ROLE_ACTOR},
    {"agency", ROLE_ACTOR},
    {"organisation", ROLE_ACTOR},
    {"organization", ROLE_ACTOR},
    {"author", ROLE_ACTOR},
    {"source", ROLE_SOURCE},
    {"provider", ROLE_SOURCE},
    {"data_source", ROLE_SOURCE},
    {"publication", ROLE_SOURCE},
    {"condition", ROLE_CONDITION},
    {"missing", ROLE_MISSING},
    {"missing_reason", ROLE_MISSING},
    {"note", ROLE_NOTE},
    {"notes", ROLE_NOTE},
    {"remark", ROLE_NOTE},
    {"remarks", ROLE_NOTE},
    {"comment", ROLE_NOTE},
    {"comments", ROLE_NOTE},
    {"footnote", ROLE_NOTE},
    {"footnotes", ROLE_NOTE},
    {"url", ROLE_URL},
    {"link", ROLE_URL},
    {"href", ROLE_URL},
    {"context", ROLE_CONTEXT},
    {"retracted", ROLE_RETRACTED},
    {"freq", ROLE_LEFT_OUT}, /* the periods tell */
    {"frequency", ROLE_LEFT_OUT},
    {"time_format", ROLE_LEFT_OUT},
    {"dataflow", ROLE_LEFT_OUT},
    {"structure", ROLE_LEFT_OUT},
    {"structure_id", ROLE_LEFT_OUT},
    {"structure_name", ROLE_LEFT_OUT},
    {"action", ROLE_LEFT_OUT},
    {"decimals", ROLE_LEFT_OUT},
    {"obs_conf", ROLE_LEFT_OUT},
    {"conf_status", ROLE_LEFT_OUT},
    {"line", ROLE_LEFT_OUT}, /* of records that were set aside */
    {"reason", ROLE_LEFT_OUT},
};

const size_t role_word_count = sizeof role_words / sizeof *role_words;

/* Letters and digits in lower case, parted by one `_`: "Country Code" and
 * REF_AREA become country_code and ref_area.  What stands behind a colon is a
 * label. */
struct slice
word_plain(struct arena *arena, struct slice header)
{
    struct buffer word = {0};
    bool gap = false;
    buffer_add_text(&word, "");
    while (header.len) {
        int32_t point;
        size_t bytes = utf8_next(header, &point);
        if (point == ':' && word.len) {
            break;
        }
        bool ascii = point < 0x80;
        bool kept = ascii ? (point >= '0' && point <= '9') ||
                                (point >= 'a' && point <= 'z') ||
                                (point >= 'A' && point <= 'Z')
                          : utf8_is_name(point, false);
        if (kept && gap && word.len) {
            buffer_add_char(&word, '_');
        }
        gap = !kept;
        if (kept && ascii && point <= 'Z' && point >= 'A') {
            buffer_add_char(&word, (char)(point - 'A' + 'a'));
        } else if (kept) {
            buffer_add(&word, header.at, bytes);
        }
        header = (struct slice){header.at + bytes, header.len - bytes};
    }
    struct slice own = {arena_copy(arena, word.text, word.len), word.len};
    buffer_free(&word);
    return own;
}

static bool
is_among(struct slice word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (slice_is(word, words[i])) {
            return true;
        }
    }
    return false;
}

#define AMONG(word, list)                                                      \
    is_among((word), (list), sizeof(list) / sizeof *(list))

static bool
ends_in(struct slice word, const char *end)
{
    size_t len = strlen(end);
    return word.len > len && memcmp(word.at + word.len - len, end, len) == 0;
}

static const char *const code_ends[] = {"_code", "_id",  "_iso3",  "_iso2",
                                        "_iso",  "_key", "_number"};
static const char *const title_ends[] = {"_name", "_title", "_label",
                                         "_description", "_descriptor"};

static size_t
ending(struct slice word, const char *const *ends, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (ends_in(word, ends[i])) {
            return strlen(ends[i]);
        }
    }
    return 0;
}

#define ENDING(word, list) ending((word), (list), sizeof(list) / sizeof *(list))

struct slice
word_stem(struct slice word)
{
    static const char *const isos[] = {"iso",    "iso2",   "iso3",
                                       "iso2c",  "iso3c",  "iso_code",
                                       "iso_a3", "iso_a2", "iso_3166"};
    if (AMONG(word, isos)) {
        return SLICE("country");
    }
    if (word.len > 4 && memcmp(word.at, "ref_", 4) == 0) {
        word = (struct slice){word.at + 4, word.len - 4};
    }
    size_t end = ENDING(word, code_ends);
    word.len -= end ? end : ENDING(word, title_ends);
    return word;
}

bool
word_is_area(struct slice stem)
{
    static const char *const words[] = {"country",  "area",     "geo",
                                        "economy",  "nation",   "territory",
                                        "location", "geography"};
    return AMONG(stem, words);
}

bool
word_is_code(struct slice word)
{
    static const char *const words[] = {"code", "id", "key", "abbreviation"};
    return AMONG(word, words) || ENDING(word, code_ends) ||
           slice_is(word_stem(word), "country") != slice_is(word, "country");
}

bool
word_is_title(struct slice word)
{
    static const char *const words[] = {"name", "title", "label",
                                        "description"};
    return AMONG(word, words) || ENDING(word, title_ends);
}

bool
word_says_value(struct slice word)
{
    for (size_t i = 0; i < role_word_count; i++) {
        if (role_words[i].role == ROLE_VALUE &&
            slice_is(word, role_words[i].word)) {
            return true;
        }
    }
    return slice_is(word, "values") || slice_is(word, "figures");
}

bool
word_is_part_of_year(struct slice word)
{
    static const char *const words[] = {"month",    "quarter", "qtr",
                                        "q",        "week",    "half",
                                        "semester", "day",     "mon"};
    return AMONG(word, words);
}

bool
code_is_country(struct slice code)
{
    static const char codes[] =
        "AR AU BR CA CH CN DE ES FR GB ID IN IT JP KR MX NL RU SA SE TR UK US "
        "ZA ARG AUS BRA CAN CHE CHN DEU ESP FRA GBR IDN IND ITA JPN KOR MEX "
        "NLD RUS SAU SWE TUR USA ZAF ";
    for (const char *at = codes; *at; at = strchr(at, ' ') + 1) {
        size_t len = strcspn(at, " ");
        if (code.len == len && memcmp(code.at, at, len) == 0) {
            return true;
        }
    }
    return false;
}
