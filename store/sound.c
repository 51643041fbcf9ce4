/* What a file says is not believed: ids are positions in our tables, and a
 * file that is damaged, or that somebody edited, must not lead behind their
 * ends. */
#include "store/internal.h"

static bool
is_id(const struct store *store, enum name_class class, int64_t id)
{
    return id >= 0 && id < (int64_t)store->vocabulary.classes[class].count;
}

bool
sound_cell(const struct store *store, sqlite3_stmt *row)
{
    int64_t frequency = sqlite3_column_int64(row, 1);
    int64_t period = sqlite3_column_int64(row, 3);
    return is_id(store, CLASS_METRIC, sqlite3_column_int64(row, 0)) &&
           frequency >= 0 && frequency < FREQUENCY_COUNT &&
           is_id(store, CLASS_KIND, sqlite3_column_int64(row, 2)) &&
           period >= 0 && period <= KEY_PERIOD_MAX;
}

bool
sound_day(int64_t day)
{
    return day >= DAY_NONE && day <= DAY_MAX;
}

bool
sound_line_day(const struct store *store, sqlite3_stmt *row)
{
    int64_t line = sqlite3_column_int64(row, 4);
    return line >= 0 && line < (int64_t)store->vocabulary.line_count &&
           sound_day(sqlite3_column_int64(row, 5));
}

bool
sound_speaker(const struct store *store, const struct fact *fact)
{
    return is_id(store, CLASS_ACTOR, fact->actor) &&
           is_id(store, CLASS_SOURCE, fact->source);
}
