/* `check` in a document and in a plain text.  Where a block shows what the
 * block above it prints, its author has seen whether a check is true; where
 * none does, nobody would: there each check is the subject of a rule.  A
 * document is asked in the order of its blocks, a plain text when all others
 * have been read. */
#include "eval/question.h"
#include "eval/rules/rules.h"

#include "eval/cell.h"
#include "parser/print.h"

#include <stdlib.h>

enum { SIDES = 2 };

void
checks_enter(struct session *session, const struct review_input *block)
{
    if (session->checks) {
        session->checks->block = block && !block->output ? block : NULL;
    }
}

/* Checks of a text that say the same are told apart by their order. */
static void
count_equal(const struct block_checks *checks, struct buffer *subject)
{
    size_t equal = 1;
    size_t len = subject->len;
    for (const struct block_check *at = checks->first; at; at = at->next) {
        equal += at->said == len &&
                 memcmp(at->finding->subject, subject->text, len) == 0;
    }
    if (equal > 1) {
        buffer_format(subject, " (%zu)", equal);
    }
}

/* "report.md, block 2: check 2023 exports > 600B USD"; of a plain text without
 * a block. */
static const char *
subject_of(struct block_checks *checks, const struct session *session,
           const struct node *statement, size_t *len)
{
    struct buffer text = {0};
    struct buffer said = {0};
    const char *name = checks->block ? checks->block->name : checks->text;
    name += strncmp(name, "./", 2) == 0 ? 2 : 0;
    buffer_add_text(&text, name);
    if (checks->block) {
        buffer_format(&text, ", block %zu", checks->block->number);
    }
    buffer_add_text(&text, ": ");
    print_statement(&said, statement, &session->atoms, &session->sources);
    for (size_t i = 0; i < said.len; i++) { /* on one line */
        bool fills = said.text[i] == '\n';
        buffer_add_char(&text, fills ? ' ' : said.text[i]);
        while (fills && i + 1 < said.len && said.text[i + 1] == ' ') {
            i++;
        }
    }
    *len = text.len;
    count_equal(checks, &text);
    const char *kept = review_keep(checks->review, &text);
    buffer_free(&said);
    buffer_free(&text);
    return kept;
}

/* The first row in which the check is not true; false when there is no row. */
static bool
find_row(struct question *question, uint32_t node, size_t bad,
         struct question_row *found, size_t *count)
{
    size_t undecided = question->undecided;
    size_t cut = question->cut;
    struct question_row *rows = question_rows(question, count);
    bool done = false;
    for (size_t i = 0; i < *count && !done; i++) {
        double value =
            plan_cell(&question->plan, node, rows[i].period, rows[i].line)
                .value;
        done = bad ? value == 0 : isnan(value);
        *found = rows[i];
    }
    free(rows);
    question->undecided = undecided;
    question->cut = cut;
    return done;
}

/* " for 2023, KR" */
static void
add_keys(struct buffer *text, struct question *question,
         const struct question_row *row)
{
    struct result_column columns[SPACE_DIMENSIONS_MAX + 1];
    struct result_value values[SPACE_DIMENSIONS_MAX + 1];
    size_t count = question_keys(question, columns);
    question_key_values(question, row->period, row->line, values);
    for (size_t i = 0; i < count; i++) {
        struct cell_style style = cell_style_alone(&columns[i]);
        buffer_add_text(text, i ? ", " : " for ");
        cell_add(text, &columns[i], &values[i], &style);
    }
}

static void
tell_message(struct block_checks *checks, struct question *question,
             const struct question_row *row, size_t count, size_t of,
             struct review_finding *finding)
{
    struct buffer text = {0};
    bool fails = finding->verdict == VERDICT_FAIL;
    buffer_add_text(&text, fails ? "the check is false"
                                 : "the check cannot be decided");
    if (row) {
        add_keys(&text, question, row);
    }
    if (count > 1) {
        buffer_format(&text, ", and in %zu more of %zu rows", count - 1, of);
    }
    if (!fails && finding->reason) {
        buffer_format(&text, ": %s", finding->reason);
    }
    finding->message = review_keep(checks->review, &text);
    buffer_free(&text);
}

static void
tell_operands(struct block_checks *checks, struct question *question,
              const struct question_row *row, const uint32_t *sides,
              struct node *const *items, struct review_finding *finding)
{
    struct session *session = question->session;
    struct review_operand *operands =
        arena_array(&checks->review->arena, struct review_operand, SIDES);
    for (size_t i = 0; i < SIDES; i++) {
        bool varies = sides[i] != UINT32_MAX &&
                      question->plan.nodes[sides[i]].op != PLAN_CONSTANT;
        if (varies) {
            operands[finding->operand_count++] = (struct review_operand){
                review_copy(checks->review,
                            question_item_name(session, items[i])),
                review_value_of(checks->review, session, &question->plan,
                                sides[i], row->period, row->line)};
        }
    }
    finding->operands = operands;
}

static void
tell_facts(struct block_checks *checks, struct question *question,
           uint32_t node, const struct question_row *row,
           struct review_finding *finding)
{
    struct judgement judgement = {.session = question->session,
                                  .review = checks->review};
    facts_tell(&judgement, &question->plan, node, row, 1, finding);
    struct review_fact *facts = arena_array(
        &checks->review->arena, struct review_fact, finding->fact_count + 1);
    if (finding->fact_count) {
        memcpy(facts, finding->facts, finding->fact_count * sizeof *facts);
    }
    finding->facts = facts;
}

void
checks_note(struct question *question, const struct node *statement,
            uint32_t node, const uint32_t *sides, struct node *const *items,
            size_t bad, size_t open)
{
    struct session *session = question->session;
    struct block_checks *checks = session->checks;
    struct question_row row = {0};
    size_t rows = 0;
    if (!checks || (!checks->block && !checks->text)) {
        return;
    }
    struct review *review = checks->review;
    struct block_check *check = arena_new(&review->arena, struct block_check);
    struct review_finding *finding =
        arena_new(&review->arena, struct review_finding);
    finding->verdict = bad    ? VERDICT_FAIL
                       : open ? VERDICT_UNKNOWN
                              : VERDICT_PASS;
    finding->subject = subject_of(checks, session, statement, &check->said);
    finding->place = review_place_of(review, session, statement->span);
    finding->message = verdict_word(VERDICT_PASS);
    if (bad || open) {
        bool found = find_row(question, node, bad, &row, &rows);
        finding->condition =
            review_copy(review, question_item_name(session, statement->kid[0]));
        finding->reason =
            found ? review_value_of(review, session, &question->plan, node,
                                    row.period, row.line)
                        .reason
                  : "there is nothing to judge";
        if (found) {
            tell_operands(checks, question, &row, sides, items, finding);
            tell_facts(checks, question, node, &row, finding);
        }
        tell_message(checks, question, found ? &row : NULL, bad ? bad : open,
                     rows, finding);
    }
    check->finding = finding;
    check->of_text = !checks->block;
    *(checks->last ? &checks->last->next : &checks->first) = check;
    checks->last = check;
}

static bool
ask(struct session *session, const struct kept_check *check)
{
    session_find_context(session, &check->context);
    session->checks->text = check->source->name;
    session->next_focus.set = false;
    return question_statement(session, check->statement);
}

/* What a check spells out is the focus of the next one, unless something
 * else came between them. */
bool
checks_ask(struct judgement *judgement)
{
    struct session *session = judgement->session;
    const struct book *book = rules_book(session);
    const struct result_sink *sink = session->sink;
    struct focus before = session->focus;
    const struct kept_check *last = NULL;
    bool done = true;
    if (!session->checks || judgement->describes_only) {
        return true;
    }
    session->sink = &result_sink_none;
    for (size_t i = 0; i < book->check_count; i++) {
        const struct kept_check *check = book->checks[i];
        if (!last || last->source != check->source ||
            last->statements != check->statements) {
            session->focus = check->focus;
        }
        last = check;
        done = ask(session, check) && done;
        if (session->next_focus.set) {
            session->focus = session->next_focus;
        }
    }
    session->checks->text = NULL;
    session->sink = sink;
    session->focus = before;
    return done;
}

void
checks_apply(struct judgement *judgement)
{
    const struct block_checks *checks = judgement->session->checks;
    struct review_rule *rules[2] = {NULL, NULL};
    for (struct block_check *check = checks ? checks->first : NULL; check;
         check = check->next) {
        struct review_finding *finding = check->finding;
        struct review_rule **rule = &rules[check->of_text];
        if (!*rule && check->of_text) {
            *rule = document_add_rule(judgement, "file.check", "check",
                                      "A check in a file is true",
                                      "every check in a file");
        } else if (!*rule) {
            *rule = document_add_rule(
                judgement, "document.check", "check",
                "A check of which no output block shows the answer is true",
                "every check without an output block");
        }
        document_count(*rule, finding->verdict);
        if (finding->verdict != VERDICT_PASS || judgement->records_passes) {
            finding->rule = *rule;
            finding_sign(finding);
            finding_keep(judgement, finding);
        }
    }
}
