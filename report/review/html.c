/* A review as one page that needs nothing else: no script, no file beside it,
 * nothing from elsewhere, which its own policy holds a browser to. */
#include "report/review/html.h"

#include "base/version.h"
#include "report/review/markup.h"

static bool
has_text(const char *text)
{
    return text && *text;
}

/* Appends a text that is escaped for people already. */
static void
add_shown(struct buffer *out, struct buffer *text)
{
    markup_add_slice(out, buffer_slice(text));
    buffer_free(text);
    *text = (struct buffer){0};
}

/* A link only for what leads into the web; anything else stays text. */
static void
add_link(struct buffer *out, const char *text)
{
    bool leads =
        strncmp(text, "https://", 8) == 0 || strncmp(text, "http://", 7) == 0;
    if (leads) {
        buffer_add_text(out, "<a rel=\"noreferrer noopener\"");
        markup_add_attribute(out, "href", text);
        buffer_add_char(out, '>');
    }
    markup_add(out, text);
    buffer_add_text(out, leads ? "</a>" : "");
}

static void
add_place_html(struct buffer *out, const struct review_place *place)
{
    if (place->file) {
        struct buffer text = {0};
        buffer_clear(&text);
        add_place(&text, place, false);
        buffer_add_text(out, "<span class=\"code faint\">");
        add_shown(out, &text);
        buffer_add_text(out, "</span>");
    }
}

static void
add_term(struct buffer *out, const char *term, const char *text)
{
    if (has_text(text)) {
        buffer_format(out, "<dt>%s</dt><dd>", term);
        add_link(out, text);
        buffer_add_text(out, "</dd>\n");
    }
}

static void
add_head(struct writer *writer)
{
    struct buffer *out = writer->out;
    buffer_add_text(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
                         "<meta charset=\"utf-8\">\n"
                         "<meta http-equiv=\"Content-Security-Policy\" "
                         "content=\"default-src 'none'; style-src '");
    buffer_add_text(out, html_style_hash);
    buffer_add_text(out,
                    "'; base-uri 'none'; form-action 'none'\">\n"
                    "<meta name=\"viewport\" "
                    "content=\"width=device-width, initial-scale=1\">\n"
                    "<meta name=\"generator\" content=\"Assay " ASSAY_VERSION
                    "\">\n<title>Review: ");
    markup_add(out, writer->review->outcome);
    buffer_add_text(out, "</title>\n<style>");
    buffer_add_text(out, html_style);
    buffer_add_text(out, "</style>\n</head>\n<body>\n");
}

static const char *
status_class(enum review_status status)
{
    switch (status) {
    case REVIEW_PASSED:
        return "good";
    case REVIEW_UNDECIDED:
        return "warning";
    case REVIEW_FAILED:
    case REVIEW_BROKEN:
        break;
    }
    return "error";
}

static void
add_summary(struct writer *writer)
{
    const struct review *review = writer->review;
    struct buffer *out = writer->out;
    const struct {
        const char *name;
        size_t count;
    } counts[] = {
        {"rules", review->rule_count},
        {"subjects", review->subjects},
        {"pass", review->verdicts[VERDICT_PASS]},
        {"fail", review->verdicts[VERDICT_FAIL]},
        {"waived", review->waived},
        {"known", review->known},
        {"unknown", review->verdicts[VERDICT_UNKNOWN]},
        {"n/a", review->verdicts[VERDICT_NOT_APPLICABLE]},
    };
    buffer_format(out,
                  "<header>\n<h1>Review of figures</h1>\n"
                  "<p class=\"outcome %s\">",
                  status_class(review->status));
    markup_add(out, review->outcome);
    buffer_add_text(out, "</p>\n<ul class=\"counts\">\n");
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        buffer_format(out, "<li><b>%zu</b> %s</li>\n", counts[i].count,
                      counts[i].name);
    }
    buffer_add_text(out, "</ul>\n");
    if (review->as_of != DAY_NONE) {
        buffer_add_text(out, "<p class=\"faint\">On what was known on ");
        day_print(out, review->as_of);
        buffer_add_text(out, "</p>\n");
    }
    buffer_add_text(out, "</header>\n<main>\n");
}

static void
add_errors(struct writer *writer)
{
    struct buffer *out = writer->out;
    size_t told = 0;
    for (size_t i = 0; i < diagnostic_count(writer); i++) {
        const struct diagnostic *record =
            writer->options->diagnostics->items[i];
        struct review_place place;
        if (record->severity == SEVERITY_NOTICE) {
            continue;
        }
        buffer_add_text(out, told++ ? "" : "<h2>Breakdowns</h2>\n<ul>\n");
        buffer_format(out, "<li class=\"%s\">%s",
                      record->severity == SEVERITY_ERROR ? "error" : "warning",
                      severity_text(record->severity));
        if (record->code) {
            buffer_format(out, " %s", diagnostic_code_text(record->code));
        }
        buffer_add_text(out, ": ");
        markup_add(out, record->message);
        if (diagnostic_place_of(writer, record, &place)) {
            buffer_add_char(out, ' ');
            add_place_html(out, &place);
        }
        buffer_add_text(out, "</li>\n");
    }
    buffer_add_text(out, told ? "</ul>\n" : "");
}

static void
add_operand_table(struct buffer *out, const struct review_finding *finding)
{
    if (!finding->operand_count && !finding->has_imbalance) {
        return;
    }
    buffer_add_text(out, "<div class=\"wide\"><table><tbody>\n");
    for (size_t i = 0; i < finding->operand_count; i++) {
        const struct review_operand *operand = &finding->operands[i];
        buffer_add_text(out, "<tr><td class=\"code\">");
        markup_add(out, operand->expression);
        buffer_add_text(out, "</td><td class=\"number\">");
        markup_add(out, operand->value.text ? operand->value.text : "?");
        buffer_add_text(out, "</td><td class=\"faint\">");
        markup_add(out, operand->value.known ? NULL : operand->value.reason);
        buffer_add_text(out, "</td></tr>\n");
    }
    if (finding->has_imbalance) {
        struct buffer rest = {0};
        buffer_clear(&rest);
        if (finding->imbalance_percent.known &&
            has_text(finding->imbalance_percent.text)) {
            buffer_add_text(&rest, finding->imbalance_percent.text);
        }
        if (has_text(finding->tolerance)) {
            buffer_format(&rest, "%stolerance %s", rest.len ? ", " : "",
                          finding->tolerance);
        }
        buffer_add_text(out, "<tr class=\"sum\"><td>difference</td>"
                             "<td class=\"number\">");
        markup_add(out,
                   finding->imbalance.text ? finding->imbalance.text : "?");
        buffer_add_text(out, "</td><td>");
        add_shown(out, &rest);
        buffer_add_text(out, "</td></tr>\n");
    }
    buffer_add_text(out, "</tbody></table></div>\n");
}

static void
add_fact(struct buffer *out, const struct review_fact *fact)
{
    struct buffer origin = {0};
    buffer_clear(&origin);
    add_origin(&origin, fact, false);
    buffer_add_text(out, "<tr><td>");
    markup_add(out, fact->figure);
    buffer_add_text(out, "</td><td class=\"number\">");
    markup_add(out, fact->value.text ? fact->value.text : "?");
    buffer_add_text(out, "</td><td>");
    add_shown(out, &origin);
    if (!fact->value.known && has_text(fact->value.reason)) {
        buffer_add_text(out, " ");
        markup_add(out, fact->value.reason);
    }
    if (has_text(fact->url)) {
        buffer_add_text(out, "<br>");
        add_link(out, fact->url);
    }
    if (has_text(fact->note)) {
        buffer_add_text(out, "<br><span class=\"faint\">");
        markup_add(out, fact->note);
        buffer_add_text(out, "</span>");
    }
    buffer_add_text(out, "</td><td>");
    add_place_html(out, &fact->place);
    buffer_add_text(out, "</td></tr>\n");
}

static void
add_facts(struct buffer *out, const struct review_fact *facts, size_t count,
          size_t left)
{
    if (!count) {
        return;
    }
    buffer_add_text(out, "<div class=\"wide\"><table><thead><tr><th>figure</th>"
                         "<th class=\"number\">value</th><th>stated by</th>"
                         "<th>place</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < count; i++) {
        add_fact(out, &facts[i]);
    }
    if (left) {
        buffer_add_text(out, "<tr><td colspan=\"4\">and ");
        add_count(out, left, "more figure");
        buffer_add_text(out, "</td></tr>\n");
    }
    buffer_add_text(out, "</tbody></table></div>\n");
}

static void
add_difference_html(struct buffer *out, const char *text)
{
    if (!has_text(text)) {
        return;
    }
    buffer_add_text(out, "<div class=\"wide\"><pre class=\"code\">");
    while (*text) {
        size_t len = strcspn(text, "\n");
        buffer_format(out, "<span class=\"%s\">",
                      *text == '-'   ? "error"
                      : *text == '+' ? "good"
                                     : "faint");
        struct buffer line = {0};
        buffer_add(&line, text, len);
        add_shown(out, &line);
        buffer_add_text(out, "</span>\n");
        text += len + (text[len] == '\n');
    }
    buffer_add_text(out, "</pre></div>\n");
}

static void
add_finding(struct buffer *out, const struct review_finding *finding)
{
    struct review_place place = finding_place(finding);
    bool settled = finding->verdict == VERDICT_FAIL && !finding_is_new(finding);
    const char *level = severity_word(finding_level(finding));
    buffer_format(out, "<article class=\"%s\">\n<h3><span class=\"tag\">%s",
                  settled ? "settled" : level, level);
    if (!finding_is_new(finding)) {
        buffer_format(out, ", %s", finding_word(finding));
    }
    buffer_add_text(out, "</span>");
    markup_add(out, finding->subject);
    buffer_add_text(out, "</h3>\n");
    add_place_html(out, &place);
    buffer_add_text(out, "\n<p class=\"message\">");
    if (finding_has_message(finding)) {
        markup_add(out, finding->message);
    } else {
        struct buffer message = {0};
        buffer_clear(&message);
        add_message(&message, finding, false);
        add_shown(out, &message);
    }
    buffer_add_text(out, "</p>\n");
    add_difference_html(out, finding->difference);
    add_operand_table(out, finding);
    html_add_chart(out, finding);
    add_facts(out, finding->facts, finding->fact_count, finding->facts_left);
    if (finding_has_message(finding) && has_text(finding->condition)) {
        buffer_add_text(out, "<p class=\"faint\">condition <span "
                             "class=\"code\">");
        markup_add(out, finding->condition);
        buffer_add_text(out, "</span></p>\n");
    }
    if (finding->waiver) {
        struct buffer waiver = {0};
        buffer_clear(&waiver);
        add_waiver(&waiver, finding->waiver, false);
        buffer_add_text(out, "<p>Waived ");
        add_shown(out, &waiver);
        buffer_add_text(out, "</p>\n");
    }
    buffer_add_text(out, "</article>\n");
}

static void
add_rule(struct buffer *out, const struct review_rule *rule)
{
    buffer_add_text(out, "<h2>");
    markup_add(out, has_text(rule->title) ? rule->title : rule->id);
    buffer_add_text(out, "</h2>\n");
    if (has_text(rule->title)) {
        buffer_add_text(out, "<p class=\"code faint\">");
        markup_add(out, rule->id);
        buffer_add_text(out, "</p>\n");
    }
    buffer_add_text(out, "<dl>\n");
    add_term(out, "because", rule->because);
    add_term(out, "see", rule->see);
    add_term(out, "owner", rule->owner);
    buffer_add_text(out, "</dl>\n");
}

static void
add_findings(struct writer *writer)
{
    const struct review *review = writer->review;
    const struct review_rule *rule = NULL;
    for (size_t i = 0; i < review->finding_count; i++) {
        const struct review_finding *finding = review->findings[i];
        if (!finding_is_told(finding)) {
            continue;
        }
        if (finding->rule != rule) {
            rule = finding->rule;
            add_rule(writer->out, rule);
        }
        add_finding(writer->out, finding);
        output_step(writer->output);
    }
}

static void
add_claims(struct buffer *out, const struct review *review)
{
    static const char *const classes[] = {
        [CLAIM_SUPPORTED] = "good",
        [CLAIM_CONTRADICTED] = "error",
        [CLAIM_UNVERIFIABLE] = "warning",
    };
    buffer_add_text(out, review->claim_count ? "<h2>Claims</h2>\n" : "");
    for (size_t i = 0; i < review->claim_count; i++) {
        const struct review_claim *claim = review->claims[i];
        struct buffer said = {0};
        buffer_clear(&said);
        add_origin(&said,
                   &(struct review_fact){.actor = claim->actor,
                                         .stated = claim->day,
                                         .source = claim->source},
                   false);
        buffer_format(out, "<article class=\"%s\">\n<h3><span class=\"tag\">%s",
                      classes[claim->verdict], claim_word(claim->verdict));
        if (claim->today != claim->verdict) {
            buffer_format(out, ", now %s", claim_word(claim->today));
        }
        buffer_add_text(out, "</span>");
        markup_add(out, claim->text);
        buffer_add_text(out, "</h3>\n");
        add_place_html(out, &claim->place);
        buffer_add_text(out, "\n<dl>\n");
        add_term(out, claim->actor || claim->source ? "said by" : "judged on",
                 said.text);
        add_term(out, "checked", claim->condition);
        add_term(out, "why", claim->reason);
        buffer_add_text(out, "</dl>\n");
        add_facts(out, claim->facts, claim->fact_count, claim->facts_left);
        buffer_add_text(out, "</article>\n");
        buffer_free(&said);
    }
}

static void
add_waivers(struct buffer *out, const struct review *review)
{
    if (!review->waiver_count) {
        return;
    }
    buffer_add_text(out, "<h2>Waivers</h2>\n<div class=\"wide\"><table>"
                         "<thead><tr><th>state</th><th>of</th><th>terms</th>"
                         "<th>place</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < review->waiver_count; i++) {
        const struct review_waiver *waiver = review->waivers[i];
        struct buffer text = {0};
        buffer_format(out, "<tr><td class=\"%s\">%s</td><td>",
                      waiver->state == WAIVER_USED ? "good" : "warning",
                      waiver_word(waiver->state));
        buffer_clear(&text);
        add_waived(&text, waiver, false);
        add_shown(out, &text);
        buffer_add_text(out, "</td><td>");
        buffer_clear(&text);
        add_waiver(&text, waiver, false);
        add_shown(out, &text);
        buffer_add_text(out, "</td><td>");
        add_place_html(out, &waiver->place);
        buffer_add_text(out, "</td></tr>\n");
    }
    buffer_add_text(out, "</tbody></table></div>\n");
}

static void
add_notes(struct buffer *out, const struct review *review)
{
    buffer_add_text(out, review->note_count ? "<h2>Notes</h2>\n<ul>\n" : "");
    for (size_t i = 0; i < review->note_count; i++) {
        struct buffer text = {0};
        buffer_add_text(out, "<li>");
        buffer_clear(&text);
        add_note(&text, &review->notes[i], false);
        add_shown(out, &text);
        buffer_add_char(out, ' ');
        add_place_html(out, &review->notes[i].place);
        buffer_add_text(out, "</li>\n");
    }
    buffer_add_text(out, review->note_count ? "</ul>\n" : "");
}

static void
add_fixed(struct buffer *out, const struct review *review)
{
    buffer_add_text(out, review->fixed_count ? "<h2>Fixed</h2>\n<ul>\n" : "");
    for (size_t i = 0; i < review->fixed_count; i++) {
        buffer_add_text(out, "<li>");
        markup_add(out, review->fixed[i].rule);
        buffer_add_text(out, " for ");
        markup_add(out, review->fixed[i].subject);
        buffer_add_text(out, "</li>\n");
    }
    buffer_add_text(out, review->fixed_count ? "</ul>\n" : "");
}

static void
add_number_cell(struct buffer *out, size_t number)
{
    buffer_format(out, "<td class=\"number\">%zu</td>", number);
}

/* Every rule with its counts, also where nothing was found. */
static void
add_rules(struct buffer *out, const struct review *review)
{
    if (!review->rule_count) {
        return;
    }
    buffer_add_text(
        out, "<h2>Rules</h2>\n<div class=\"wide\"><table><thead><tr>"
             "<th>rule</th><th>severity</th>"
             "<th class=\"number\">subjects</th><th class=\"number\">pass</th>"
             "<th class=\"number\">fail</th><th class=\"number\">unknown</th>"
             "<th class=\"number\">n/a</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < review->rule_count; i++) {
        const struct review_rule *rule = review->rules[i];
        buffer_add_text(out, "<tr><td>");
        markup_add(out, rule->id);
        if (rule->is_empty) {
            buffer_add_text(out, " <span class=\"warning\">found no subject"
                                 "</span>");
        }
        buffer_format(out, "</td><td>%s</td>", severity_word(rule->severity));
        add_number_cell(out, rule->subjects);
        add_number_cell(out, rule->verdicts[VERDICT_PASS]);
        add_number_cell(out, rule->verdicts[VERDICT_FAIL]);
        add_number_cell(out, rule->verdicts[VERDICT_UNKNOWN]);
        add_number_cell(out, rule->verdicts[VERDICT_NOT_APPLICABLE]);
        buffer_add_text(out, "</tr>\n");
    }
    buffer_add_text(out, "</tbody></table></div>\n");
}

void
write_html(struct writer *writer)
{
    add_head(writer);
    add_summary(writer);
    add_errors(writer);
    add_findings(writer);
    add_claims(writer->out, writer->review);
    add_waivers(writer->out, writer->review);
    add_fixed(writer->out, writer->review);
    add_notes(writer->out, writer->review);
    add_rules(writer->out, writer->review);
    buffer_add_text(writer->out, "</main>\n</body>\n</html>\n");
}
