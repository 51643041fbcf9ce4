#include "cli/document.h"

#include "base/path.h"
#include "base/suggest.h"
#include "cli/file.h"

#include <stdlib.h>
#include <strings.h>

bool
document_is(const char *path)
{
    return path_ends_with(path, ".md") || path_ends_with(path, ".markdown");
}

static bool
is_language(const struct markdown_block *block, const char *wanted)
{
    struct slice word = markdown_language(block);
    return word.len == strlen(wanted) &&
           strncasecmp(word.at, wanted, word.len) == 0;
}

/* The lines of a block as text of their own, in the arena of CLI. */
static struct slice
lines_of(struct cli *cli, struct slice text, const struct markdown_block *block,
         const uint8_t **margins)
{
    struct buffer lines = {0};
    uint8_t *table = NULL;
    size_t count = 1;
    markdown_content(text, block, &lines, &table);
    for (size_t i = 0; i < lines.len; i++) {
        count += lines.text[i] == '\n';
    }
    *margins = NULL;
    if (table) {
        uint8_t *kept = arena_array(&cli->arena, uint8_t, count);
        memcpy(kept, table, count);
        *margins = kept;
    }
    struct slice kept = {arena_copy(&cli->arena, lines.text, lines.len),
                         lines.len};
    free(table);
    buffer_free(&lines);
    return kept;
}

/* A slip of the pen must not leave a block out in silence; true after a
 * report. */
static bool
check_language(struct cli *cli, const char *path,
               const struct markdown_block *block)
{
    struct suggestion suggestion;
    struct slice word = markdown_language(block);
    suggestion_init(&suggestion, word);
    suggestion_offer(&suggestion, SLICE("assay"));
    if (word.len >= 4 && suggestion.best.len) {
        struct diagnostic *record = diagnostics_add(
            &cli->diagnostics, SEVERITY_WARNING, DIAGNOSTIC_DOCUMENT,
            (struct span){0, 0}, "%s:%u: a block marked `%.*s` does not run",
            path, block->line, (int)word.len, word.at);
        diagnostics_help(&cli->diagnostics, record,
                         "mark it `assay` if it is to run");
        return true;
    }
    return false;
}

void
document_add(struct cli *cli, struct inputs *inputs, const char *path,
             struct buffer *text)
{
    struct slice whole = buffer_slice(text);
    struct markdown markdown;
    struct markdown_block block;
    bool runs = false; /* the block before this one */
    size_t first = inputs->item_count;
    size_t number = 0;
    bool warned = false;
    markdown_start(&markdown, whole);
    while (markdown_next(&markdown, &block)) {
        struct input_block *kept = &inputs->blocks[inputs->item_count];
        struct review_input *item = &inputs->items[inputs->item_count];
        if (is_language(&block, "output") && runs) {
            struct review_output *output =
                arena_new(&cli->arena, struct review_output);
            item--;
            kept--;
            output->text = lines_of(cli, whole, &block, &output->margins);
            output->line = block.line + 1;
            output->is_open = !block.closing;
            item->output = output;
            kept->shows = block;
        }
        runs = false;
        if (!is_language(&block, "assay")) {
            warned = check_language(cli, path, &block) || warned;
            continue;
        }
        number++;
        inputs_grow(inputs);
        item = &inputs->items[inputs->item_count];
        kept = &inputs->blocks[inputs->item_count];
        *kept = (struct input_block){.document = text};
        *item = (struct review_input){.name = path,
                                      .is_block = true,
                                      .continues = number > 1,
                                      .number = number,
                                      .first_line = block.line + 1};
        item->text = lines_of(cli, whole, &block, &item->margins);
        inputs->item_count++;
        runs = true;
    }
    if (inputs->item_count == first && !warned) {
        struct diagnostic *record = diagnostics_add(
            &cli->diagnostics, SEVERITY_WARNING, DIAGNOSTIC_DOCUMENT,
            (struct span){0, 0}, "no block of %s is marked `assay`", path);
        diagnostics_help(&cli->diagnostics, record,
                         "mark the blocks that are to run: ```assay");
    }
}

/* What is printed ---------------------------------------------------------- */

static bool catch (void *context, const char *bytes, size_t len)
{
    buffer_add(context, bytes, len);
    return true;
}

static const struct result_sink *
open_report(struct printed *printed)
{
    if (!printed->report) {
        struct report_options options = {.format = REPORT_TABLE,
                                         .as_of = DAY_NONE};
        struct report_output output = {&printed->now, catch};
        cli_know_characters(printed->cli);
        printed->report = report_open(&options, &output);
    }
    return report_sink(printed->report);
}

static void
catch_begin(void *context, const struct result_head *head)
{
    const struct result_sink *sink = open_report(context);
    sink->begin(sink->context, head);
}

static bool
catch_row(void *context, const struct result_value *values, const char *note)
{
    const struct result_sink *sink = open_report(context);
    return sink->row(sink->context, values, note);
}

static void
catch_end(void *context, const struct result_foot *foot)
{
    const struct result_sink *sink = open_report(context);
    sink->end(sink->context, foot);
}

static void
catch_text(void *context, struct slice text)
{
    const struct result_sink *sink = open_report(context);
    sink->text(sink->context, text);
}

static void
close_block(void *context, size_t at, day_number as_of)
{
    struct printed *printed = context;
    (void)as_of;
    if (printed->report) {
        report_close(printed->report);
        printed->report = NULL;
    }
    if (printed->inputs->items[at].output) {
        buffer_free(&printed->texts[at]);
        printed->texts[at] = printed->now;
        printed->now = (struct buffer){0};
    }
    buffer_clear(&printed->now);
}

static struct slice
text_of(void *context, size_t at)
{
    const struct printed *printed = context;
    return buffer_slice(&printed->texts[at]);
}

void
printed_open(struct printed *printed, struct cli *cli,
             const struct inputs *inputs)
{
    size_t size = (inputs->item_count + 1) * sizeof(struct buffer);
    *printed = (struct printed){
        .cli = cli, .inputs = inputs, .texts = memory_alloc(size)};
    memset(printed->texts, 0, size);
    printed->sink = (struct result_sink){printed, catch_begin, catch_row,
                                         catch_end, catch_text};
    printed->answers =
        (struct review_answers){printed, &printed->sink, close_block, text_of};
}

void
printed_free(struct printed *printed)
{
    if (printed->report) {
        report_close(printed->report);
    }
    for (size_t i = 0; i < printed->inputs->item_count; i++) {
        buffer_free(&printed->texts[i]);
    }
    free(printed->texts);
    buffer_free(&printed->now);
}

/* Acceptance --------------------------------------------------------------- */

/* Is the file still what was read? */
static bool
is_unchanged(struct cli *cli, const char *path, const struct buffer *text)
{
    struct buffer now = {0};
    int error = file_read(path, &now);
    bool same = !error && now.len == text->len &&
                (!now.len || memcmp(now.text, text->text, now.len) == 0);
    buffer_free(&now);
    if (error) {
        cli_report_file(cli, DIAGNOSTIC_CANNOT_READ, path, error);
    } else if (!same) {
        diagnostics_add(&cli->diagnostics, SEVERITY_ERROR,
                        DIAGNOSTIC_MAY_NOT_REPLACE, (struct span){0, 0},
                        "%s was changed while it was checked; run it again",
                        path);
    }
    return same;
}

/* Rewrites the document of items FIRST up to END. */
static bool
accept_document(const struct printed *printed, size_t first, size_t end)
{
    struct cli *cli = printed->cli;
    const struct inputs *inputs = printed->inputs;
    const char *path = inputs->items[first].name;
    const struct buffer *text = inputs->blocks[first].document;
    struct slice whole = buffer_slice(text);
    struct buffer written = {0};
    size_t from = 0;
    size_t count = 0;
    bool done = true;
    for (size_t i = first; i < end; i++) {
        struct slice shown = buffer_slice(&printed->texts[i]);
        const struct review_output *output = inputs->items[i].output;
        if (output && !output->is_open &&
            !review_same_output(output->text, shown)) {
            markdown_replace(whole, &inputs->blocks[i].shows, shown, &from,
                             &written);
            count++;
        }
    }
    if (count) {
        buffer_add(&written, whole.at + from, whole.len - from);
        int error = 0;
        done = is_unchanged(cli, path, text) &&
               (error = file_replace(path, buffer_slice(&written))) == 0;
        if (error) {
            cli_report_file(cli, DIAGNOSTIC_CANNOT_WRITE, path, error);
        }
    }
    if (count && done) {
        diagnostics_add(&cli->diagnostics, SEVERITY_NOTICE, DIAGNOSTIC_NOTE,
                        (struct span){0, 0}, "%s: %zu output block%s rewritten",
                        path, count, count == 1 ? "" : "s");
    }
    buffer_free(&written);
    return done;
}

bool
documents_accept(const struct printed *printed)
{
    const struct inputs *inputs = printed->inputs;
    bool done = true;
    for (size_t i = 0; i < inputs->item_count;) {
        size_t end = i + 1;
        while (end < inputs->item_count && inputs->items[end].continues) {
            end++;
        }
        done =
            (!inputs->items[i].is_block || accept_document(printed, i, end)) &&
            done;
        i = end;
    }
    return done;
}
