#include "stdlib/text.h"

#define FOLDER "stdlib/include/"
#define ENDING ".assay"
#define CURRENCIES "stdlib/currencies.assay"
#define UNIT "unit "
/* How a text begins what it takes from the countries. */
#define COUNTRIES "include \"" TEXTS_BEGIN "countries"

bool
text_is_named(const char *path)
{
    return strncmp(path, TEXTS_BEGIN, strlen(TEXTS_BEGIN)) == 0;
}

struct slice
text_name(const struct library_file *file)
{
    size_t len = strlen(file->name);
    size_t around = strlen(FOLDER) + strlen(ENDING);
    bool is_text = len > around &&
                   strncmp(file->name, FOLDER, strlen(FOLDER)) == 0 &&
                   strcmp(file->name + len - strlen(ENDING), ENDING) == 0;
    return is_text ? (struct slice){file->name + strlen(FOLDER), len - around}
                   : SLICE("");
}

const struct library_file *
text_find(struct slice name)
{
    for (size_t i = 0; i < library_file_count; i++) {
        struct slice found = text_name(&library_files[i]);
        if (found.len && slice_equal(found, name)) {
            return &library_files[i];
        }
    }
    return NULL;
}

bool
text_has_countries(void)
{
    const struct library_file *file = text_find(SLICE("countries"));
    return file && file->length != 0;
}

bool
text_needs_countries(const struct library_file *file)
{
    return !file->length || strstr(file->text, COUNTRIES) != NULL;
}

const struct library_file *
text_currencies(void)
{
    for (size_t i = 0; i < library_file_count; i++) {
        if (strcmp(library_files[i].name, CURRENCIES) == 0) {
            return library_files[i].length ? &library_files[i] : NULL;
        }
    }
    return NULL;
}

bool
text_is_currency(struct slice name)
{
    const struct library_file *file = text_currencies();
    const char *at = file ? file->text : NULL;
    const char *end = file ? at + file->length : NULL;
    size_t before = strlen(UNIT);
    while (at && at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t len = (size_t)((stop ? stop : end) - at);
        if (len > before + name.len && memcmp(at, UNIT, before) == 0 &&
            memcmp(at + before, name.at, name.len) == 0 &&
            at[before + name.len] == ' ') {
            return true;
        }
        at += len + 1;
    }
    return false;
}
