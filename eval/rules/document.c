/* Outputs that a document shows: each is the subject of one rule, which the
 * document brings along.  Where it shows none, its checks are those of another
 * (checks.c). */
#include "base/utf8.h"
#include "eval/rules/rules.h"

struct review_rule *
document_add_rule(struct judgement *judgement, const char *id, const char *name,
                  const char *title, const char *subject)
{
    static const char *const clauses[] = {NULL};
    struct review *review = judgement->review;
    struct review_rule *rule = arena_new(&review->arena, struct review_rule);
    *rule = (struct review_rule){
        .id = id,
        .name = name,
        .title = title,
        .severity = RULE_ERROR,
        .on_unknown = ON_UNKNOWN_WARN,
        .subject = subject,
        .clauses = arena_array(&review->arena, const char *, 1),
    };
    rule->clauses[0] = clauses[0];
    struct review_rule **rules = arena_array(
        &review->arena, struct review_rule *, review->rule_count + 1);
    memcpy(rules, review->rules, review->rule_count * sizeof *rules);
    rules[review->rule_count++] = rule;
    review->rules = rules;
    return rule;
}

/* The line of an output block at which the difference begins. */
static struct review_place
place_of(struct review *review, const struct review_input *input, size_t at)
{
    const struct review_output *output = input->output;
    struct slice rest = output->text;
    uint32_t line = 0;
    for (; line < at; line++) {
        const char *end = memchr(rest.at, '\n', rest.len);
        size_t used = end ? (size_t)(end - rest.at) + 1 : rest.len;
        if (used >= rest.len) { /* it has too few: at its last */
            break;
        }
        rest = (struct slice){rest.at + used, rest.len - used};
    }
    const char *end = rest.len ? memchr(rest.at, '\n', rest.len) : NULL;
    struct slice text = {rest.at, end ? (size_t)(end - rest.at) : rest.len};
    struct review_place place = {.file = review_copy(review, input->name),
                                 .line = output->line + line};
    if (!output->text.len) { /* it is empty: at its fence */
        place.line--;
    } else if (text.len) {
        uint32_t margin = output->margins ? output->margins[line] : 0;
        place.column = 1 + margin;
        place.end_line = place.line;
        place.end_column = place.column + (uint32_t)utf8_count(text);
    }
    return place;
}

void
document_count(struct review_rule *rule, enum verdict verdict)
{
    rule->subjects++;
    rule->rows++;
    rule->verdicts[verdict]++;
}

static void
compare(struct judgement *judgement, const struct review_input *input,
        struct slice printed, bool accepts, struct review_rule *rule)
{
    struct review *review = judgement->review;
    bool is_open = input->output->is_open;
    bool same = (accepts && !is_open) ||
                review_same_output(input->output->text, printed);
    document_count(rule, same ? VERDICT_PASS : VERDICT_FAIL);
    if (same && !judgement->records_passes) {
        return;
    }
    struct review_finding *finding =
        arena_new(&review->arena, struct review_finding);
    struct buffer subject = {0};
    size_t first = 0;
    const char *name = input->name;
    name += strncmp(name, "./", 2) == 0 ? 2 : 0;
    buffer_format(&subject, "%s, block %zu", name, input->number);
    *finding = (struct review_finding){
        .rule = rule,
        .verdict = same ? VERDICT_PASS : VERDICT_FAIL,
        .subject = review_keep(review, &subject),
        .message = same ? verdict_word(VERDICT_PASS)
                   : is_open
                       ? "the block prints something else than is shown, in a "
                         "block that no fence closes"
                       : "the block prints something else than is shown"};
    if (!same) {
        finding->difference =
            difference_tell(review, input->output->text, printed, &first);
    }
    finding->place = place_of(review, input, first);
    finding_sign(finding);
    finding_keep(judgement, finding);
    buffer_free(&subject);
}

void
documents_apply(struct judgement *judgement,
                const struct review_request *request)
{
    struct review_rule *rule = NULL;
    checks_apply(judgement);
    for (size_t i = 0; request->answers && i < request->input_count; i++) {
        const struct review_input *input = &request->inputs[i];
        if (input->output) {
            rule =
                rule ? rule
                     : document_add_rule(judgement, "document.output", "output",
                                         "An output block shows what the "
                                         "block above it prints",
                                         "every output block");
            compare(judgement, input,
                    request->answers->text(request->answers->context, i),
                    request->accepts, rule);
        }
    }
}
