#include "report/review/review.h"

#include "report/review/parts.h"

#include <assert.h>

static const struct {
    const char *name;
    void (*write)(struct writer *writer);
} formats[] = {
    [REVIEW_TEXT] = {"text", write_text},
    [REVIEW_CSV] = {"csv", write_csv},
    [REVIEW_JSON] = {"json", write_json},
    [REVIEW_MARKDOWN] = {"markdown", write_markdown},
    [REVIEW_SARIF] = {"sarif", write_sarif},
    [REVIEW_JUNIT] = {"junit", write_junit},
    [REVIEW_TAP] = {"tap", write_tap},
    [REVIEW_GITHUB] = {"github", write_github},
    [REVIEW_GITLAB] = {"gitlab", write_gitlab},
    [REVIEW_HTML] = {"html", write_html},
};

static_assert(sizeof formats / sizeof *formats == REVIEW_FORMAT_COUNT,
              "every format has a name and a writer");

bool
review_format_find(struct slice name, enum review_format *format)
{
    if (slice_is(name, "table")) {
        *format = REVIEW_TEXT;
        return true;
    }
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (slice_is(name, formats[i].name)) {
            *format = (enum review_format)i;
            return true;
        }
    }
    return false;
}

bool
review_write(const struct review *review, const struct review_options *options,
             const struct report_output *output)
{
    struct output target = {.target = *output};
    struct writer writer = {review, options, &target, &target.text};
    buffer_clear(&target.text);
    formats[options->format].write(&writer);
    bool done = output_flush(&target);
    buffer_free(&target.text);
    return done;
}
