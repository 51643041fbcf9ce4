/* The statements as they were written: each enters the book with what stood
 * around it. */
#include "base/suggest.h"
#include "eval/rules/rules.h"

#include <stdlib.h>

struct book *
rules_book(struct session *session)
{
    if (!session->book) {
        session->book = arena_new(&session->arena, struct book);
    }
    return session->book;
}

static struct literal
keep_literal(struct session *session, const struct node *node)
{
    struct literal value = node->value;
    if (node->kind == NODE_RANGE) {
        struct literal_range *range =
            arena_new(&session->arena, struct literal_range);
        *range = *value.range;
        value.range = range;
    }
    return value;
}

static struct node *
keep_list(struct session *session, const struct node *first)
{
    struct node *head = NULL;
    struct node **end = &head;
    for (const struct node *at = first; at; at = at->next) {
        *end = (struct node *)(uintptr_t)rules_keep(session, at);
        if (!*end) {
            return head;
        }
        end = &(*end)->next;
    }
    return head;
}

const struct node *
rules_keep(struct session *session, const struct node *node)
{
    const struct node *value = scope_parameter(session, node);
    if (!value) {
        value = node; /* which has been reported */
    }
    size_t size = sizeof *value + value->kid_count * sizeof *value->kid;
    struct node *copy = arena_alloc(&session->arena, size);
    memcpy(copy, value, size);
    copy->next = NULL;
    copy->value = keep_literal(session, value);
    for (uint8_t i = 0; i < copy->kid_count; i++) {
        copy->kid[i] = keep_list(session, copy->kid[i]);
    }
    return copy;
}

#define BOOK_ADD(session, book, items, count, capacity, item)                  \
    do {                                                                       \
        void *kept = (book)->items;                                            \
        memory_grow(&kept, &(book)->capacity, (book)->count + 1,               \
                    sizeof *(book)->items);                                    \
        (book)->items = kept;                                                  \
        (book)->items[(book)->count++] = (item);                               \
    } while (0)

void
book_free(struct book *book)
{
    if (book) {
        free(book->policies);
        free(book->rules);
        free(book->waivers);
        free(book->claims);
        free(book->checks);
        free(book->tests);
        free(book->withdrawals);
    }
}

struct book_mark
book_mark(const struct book *book)
{
    return book ? (struct book_mark){book->policy_count, book->rule_count,
                                     book->waiver_count, book->claim_count,
                                     book->check_count,  book->test_count}
                : (struct book_mark){0};
}

void
book_truncate(struct book *book, const struct book_mark *mark)
{
    if (book) {
        book->policy_count = mark->policies;
        book->rule_count = mark->rules;
        book->waiver_count = mark->waivers;
        book->claim_count = mark->claims;
        book->check_count = mark->checks;
        book->test_count = mark->tests;
        book->policy = NULL;
    }
}

const void *
book_enter_text(struct session *session)
{
    const void *outer = session->book ? session->book->policy : NULL;
    if (session->book) {
        struct book *book = session->book;
        book->policy = book->resumes ? book->left : NULL;
        book->resumes = false;
    }
    return outer;
}

void
book_resume_text(struct session *session)
{
    if (session->book) {
        session->book->resumes = true;
    }
}

void
book_leave_text(struct session *session, const void *outer)
{
    if (session->book) {
        session->book->left = session->book->policy;
        session->book->policy = outer;
    }
}

void
book_add_withdrawal(struct session *session, const struct node *statement,
                    const char *said, const char *reason)
{
    struct book *book = rules_book(session);
    struct buffer figure = {0};
    print_expression(&figure, statement->kid[0], &session->atoms,
                     &session->sources);
    struct withdrawal withdrawal = {
        rules_keep(session, statement),
        arena_copy(&session->arena, figure.text, figure.len),
        arena_copy(&session->arena, said, strlen(said)),
        arena_copy(&session->arena, reason, strlen(reason))};
    BOOK_ADD(session, book, withdrawals, withdrawal_count, withdrawal_capacity,
             withdrawal);
    buffer_free(&figure);
}

static bool
fail_twice(struct session *session, const struct node *name,
           const struct node *first, const char *what, const char *id)
{
    struct diagnostic *record = diagnostics_add(
        session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_RULE_TWICE, name->span,
        "there is a %s %s already", what, id);
    diagnostics_relate(session->diagnostics, record, first->kid[0]->span,
                       "it is declared here");
    return false;
}

/* A text of the library may be included by several files of a review: what it
 * has said already stands. */
static bool
is_of_this_text(const struct session *session, const struct node *statement)
{
    const struct source *said =
        sources_find(&session->sources, statement->span.start);
    return session->in_text && said &&
           strcmp(said->name, session->source->name) == 0;
}

bool
policy_statement(struct session *session, const struct node *statement)
{
    struct book *book = rules_book(session);
    const struct node *name = statement->kid[0];
    struct policy *policy = arena_new(&session->arena, struct policy);
    policy->name = name->value.name;
    policy->statement = rules_keep(session, statement);
    size_t at = 0;
    while (at < book->policy_count &&
           book->policies[at]->name != policy->name) {
        at++;
    }
    if (at < book->policy_count &&
        is_of_this_text(session, book->policies[at]->statement)) {
        book->policy = book->policies[at];
        return true;
    }
    if (at < book->policy_count && !session->options.interactive) {
        return fail_twice(session, name, book->policies[at]->statement,
                          "policy", scope_chars(session, policy->name));
    }
    if (!policy_read_clauses(session, policy)) {
        return false;
    }
    if (at < book->policy_count) { /* at a prompt the later one counts */
        *book->policies[at] = *policy;
        policy = book->policies[at];
    } else {
        BOOK_ADD(session, book, policies, policy_count, policy_capacity,
                 policy);
    }
    book->policy = policy;
    return true;
}

static const char *
rule_id(struct session *session, const struct policy *policy, atom name)
{
    struct buffer id = {0};
    if (policy) {
        buffer_format(&id, "%s.", scope_chars(session, policy->name));
    }
    buffer_add_text(&id, scope_chars(session, name));
    const char *copy = arena_copy(&session->arena, id.text, id.len);
    buffer_free(&id);
    return copy;
}

static struct context_names
context_here(const struct session *session)
{
    struct context_names names;
    session_name_context(session, &names);
    return names;
}

bool
rule_statement(struct session *session, const struct node *statement)
{
    struct book *book = rules_book(session);
    const struct node *name = statement->kid[0];
    struct rule *rule = arena_new(&session->arena, struct rule);
    rule->name = name->value.name;
    rule->policy = book->policy;
    rule->id = rule_id(session, rule->policy, rule->name);
    rule->statement = rules_keep(session, statement);
    rule->context = context_here(session);
    rule->run = session->run;
    size_t at = 0;
    while (at < book->rule_count && strcmp(book->rules[at]->id, rule->id)) {
        at++;
    }
    if (at < book->rule_count &&
        is_of_this_text(session, book->rules[at]->statement)) {
        return true;
    }
    if (at < book->rule_count && !session->options.interactive) {
        return fail_twice(session, name, book->rules[at]->statement, "rule",
                          rule->id);
    }
    if (!rule_read_clauses(session, rule)) {
        return false;
    }
    if (at < book->rule_count) {
        book->rules[at] = rule;
    } else {
        BOOK_ADD(session, book, rules, rule_count, rule_capacity, rule);
    }
    return true;
}

bool
waive_statement(struct session *session, const struct node *statement)
{
    struct book *book = rules_book(session);
    struct waiver *waiver = arena_new(&session->arena, struct waiver);
    waiver->statement = rules_keep(session, statement);
    waiver->rule = waiver->statement->kid[0];
    waiver->context = context_here(session);
    waiver->policy = book->policy;
    if (!waiver_read_clauses(session, waiver)) {
        return false;
    }
    BOOK_ADD(session, book, waivers, waiver_count, waiver_capacity, waiver);
    return true;
}

bool
claim_statement(struct session *session, const struct node *statement)
{
    struct book *book = rules_book(session);
    struct claim *claim = arena_new(&session->arena, struct claim);
    claim->statement = rules_keep(session, statement);
    claim->context = context_here(session);
    BOOK_ADD(session, book, claims, claim_count, claim_capacity, claim);
    return true;
}

void
check_keep(struct session *session, const struct node *statement)
{
    struct book *book = rules_book(session);
    struct kept_check *check = arena_new(&session->arena, struct kept_check);
    check->statement = rules_keep(session, statement);
    check->context = context_here(session);
    check->focus = session->focus;
    check->source = session->source;
    check->statements = session->statements;
    BOOK_ADD(session, book, checks, check_count, check_capacity, check);
}

/* A test that expects nothing would pass whatever the rules say. */
static bool
expects(struct session *session, const struct node *statement)
{
    for (const struct node *at = statement->kid[3]; at; at = at->next) {
        if (at->kind != NODE_GIVEN) {
            return true;
        }
    }
    return scope_fail(session, statement->kid[0], DIAGNOSTIC_RULE,
                      "this test expects nothing, so it cannot fail",
                      "expect no other");
}

bool
test_statement(struct session *session, const struct node *statement)
{
    struct book *book = rules_book(session);
    struct test_block *test = arena_new(&session->arena, struct test_block);
    if (!expects(session, statement)) {
        return false;
    }
    test->statement = rules_keep(session, statement);
    test->context = context_here(session);
    test->policy = book->policy;
    BOOK_ADD(session, book, tests, test_count, test_capacity, test);
    return true;
}

/* The rule that POLICY and NAME mean; POLICY 0: any, if there is one only. */
static struct rule *
find_rule(struct session *session, atom policy, atom name,
          const struct policy *here, size_t *found)
{
    const struct book *book = rules_book(session);
    struct rule *best = NULL;
    *found = 0;
    for (size_t i = 0; i < book->rule_count; i++) {
        struct rule *rule = book->rules[i];
        if (rule->name != name ||
            (policy && (!rule->policy || rule->policy->name != policy))) {
            continue;
        }
        if (!policy && here && rule->policy == here) {
            *found = 1;
            return rule;
        }
        best = rule;
        ++*found;
    }
    return best;
}

static void
report_unknown(struct session *session, const struct node *id)
{
    const struct book *book = rules_book(session);
    struct slice text = sources_text(&session->sources, id->span);
    struct suggestion suggestion;
    struct diagnostic *record = diagnostics_add(
        session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_UNKNOWN_RULE, id->span,
        "no rule named %.*s", (int)text.len, text.at);
    suggestion_init(&suggestion, text);
    for (size_t i = 0; i < book->rule_count; i++) {
        suggestion_offer(&suggestion, slice_of(book->rules[i]->id));
        suggestion_offer(&suggestion,
                         atoms_text(&session->atoms, book->rules[i]->name));
    }
    if (suggestion.best.len) {
        diagnostics_label(session->diagnostics, record, "did you mean `%.*s`?",
                          (int)suggestion.best.len, suggestion.best.at);
    } else if (!book->rule_count) {
        diagnostics_help(session->diagnostics, record,
                         "no rule has been declared");
    }
}

struct rule *
rules_find(struct session *session, const struct node *id,
           const struct policy *policy)
{
    bool full = id->kind == NODE_RULE_ID;
    size_t found;
    struct rule *rule = find_rule(
        session, full ? id->kid[0]->value.name : 0,
        full ? id->kid[1]->value.name : id->value.name, policy, &found);
    if (found == 0) {
        report_unknown(session, id);
        return NULL;
    }
    if (found > 1) {
        scope_fail(session, id, DIAGNOSTIC_AMBIGUOUS,
                   "several policies have a rule of this name",
                   "write the policy in front: export_targets.in_reach");
        return NULL;
    }
    return rule;
}
