/* The clauses of rules, policies and waivers, each in its place. */
#include "eval/rules/rules.h"

/* A text as it is kept; NULL after a report. */
static const char *
keep_text(struct session *session, const struct node *node)
{
    const char *text = scope_text(session, node);
    return text ? arena_copy(&session->arena, text, strlen(text)) : NULL;
}

static bool
fail_twice(struct session *session, const struct node *clause)
{
    return scope_fail(session, clause, DIAGNOSTIC_TWICE,
                      "this is said twice of the same rule", NULL);
}

static bool
take_text(struct session *session, const struct node *clause, const char **text)
{
    if (*text) {
        return fail_twice(session, clause);
    }
    *text = keep_text(session, clause->kid[0]);
    return *text != NULL;
}

static bool
take_severity(struct session *session, const struct node *clause,
              enum rule_severity *severity, bool *given)
{
    struct slice word = atoms_text(&session->atoms, clause->kid[0]->value.name);
    if (*given) {
        return fail_twice(session, clause);
    }
    *given = true;
    for (int i = RULE_ERROR; i <= RULE_INFO; i++) {
        if (slice_is(word, severity_word((enum rule_severity)i))) {
            *severity = (enum rule_severity)i;
            return true;
        }
    }
    return scope_fail(session, clause->kid[0], DIAGNOSTIC_CLAUSE,
                      "a severity is error, warning or info", NULL);
}

bool
policy_read_clauses(struct session *session, struct policy *policy)
{
    const struct node *statement = policy->statement;
    bool done = true;
    policy->title =
        statement->kid[1] ? keep_text(session, statement->kid[1]) : NULL;
    for (const struct node *at = statement->kid[3]; done && at; at = at->next) {
        done = at->kind == NODE_OWNER ? take_text(session, at, &policy->owner)
               : at->kind == NODE_SEE ? take_text(session, at, &policy->see)
               : at->kind == NODE_BECAUSE
                   ? take_text(session, at, &policy->because)
                   : take_severity(session, at, &policy->severity,
                                   &policy->has_severity);
    }
    return done;
}

static bool
take_subject(struct session *session, struct rule *rule,
             const struct node *clause)
{
    const struct node *figure = clause->kid[0];
    const struct node *name = figure->kid[2];
    if (rule->subject) {
        return scope_fail(session, clause, DIAGNOSTIC_TWICE,
                          "the subject of a rule is named twice",
                          "a rule is about one figure; its periods stand in a "
                          "`for` of their own");
    }
    rule->subject = figure;
    rule->every = clause->op == OP_EVERY;
    rule->any_metric = subject_stands(session, figure);
    rule->moves =
        name &&
        slice_is(atoms_text(&session->atoms, name->value.name), "movement") &&
        !scope_find(session, CLASS_METRIC, name->value.name);
    return true;
}

/* `consistent`: is what is said of the change true?  Unless a `let` of the rule
 * has the name. */
static bool
asks_for_movement(struct session *session, const struct rule *rule,
                  const struct node *tree)
{
    if (tree->kind != NODE_FIGURE || tree->kid[0] || tree->kid[1] ||
        !tree->kid[2] || tree->kid[3]) {
        return false;
    }
    atom name = tree->kid[2]->value.name;
    for (size_t i = 0; i < rule->let_count; i++) {
        if (rule->lets[i]->kid[0]->value.name == name) {
            return false;
        }
    }
    return slice_is(atoms_text(&session->atoms, name), "consistent") &&
           !scope_find(session, CLASS_METRIC, name);
}

/* It is no part of a condition; the place where it is one, or NULL. */
static const struct node *
find_movement(struct session *session, const struct rule *rule,
              const struct node *tree)
{
    const struct node *found =
        asks_for_movement(session, rule, tree) ? tree : NULL;
    for (uint8_t i = 0; !found && i < tree->kid_count; i++) {
        for (const struct node *at = tree->kid[i]; at && !found;
             at = at->next) {
            found = find_movement(session, rule, at);
        }
    }
    return found;
}

static bool
take_condition(struct session *session, struct rule *rule,
               const struct node *clause)
{
    if (rule->condition_count == RULE_CONDITIONS_MAX) {
        return scope_fail(session, clause, DIAGNOSTIC_CLAUSE,
                          "a rule has at most sixteen conditions",
                          "make it two rules");
    }
    rule->conditions[rule->condition_count++] = (struct rule_condition){
        .expression = clause->kid[0],
        .forbids = clause->kind == NODE_FORBID,
        .moves = asks_for_movement(session, rule, clause->kid[0])};
    const struct node *inside =
        rule->conditions[rule->condition_count - 1].moves
            ? NULL
            : find_movement(session, rule, clause->kid[0]);
    if (inside) {
        return scope_fail(session, inside, DIAGNOSTIC_RULE,
                          "`consistent` is a condition of its own",
                          "write `require consistent`, and the rest behind a "
                          "`require` of its own");
    }
    return true;
}

/* A message belongs to the conditions above it that have none. */
static bool
take_message(struct session *session, struct rule *rule,
             const struct node *clause, const struct node **waiting)
{
    size_t last = rule->condition_count;
    if (last == 0) {
        if (*waiting) {
            return fail_twice(session, clause);
        }
        *waiting = clause->kid[0];
        return true;
    }
    if (rule->conditions[last - 1].otherwise) {
        return fail_twice(session, clause);
    }
    while (last > 0 && !rule->conditions[last - 1].otherwise) {
        rule->conditions[--last].otherwise = clause->kid[0];
    }
    return true;
}

static bool
take_count(struct session *session, struct rule *rule,
           const struct node *clause)
{
    struct amount amount;
    if (rule->has_fail_when) {
        return fail_twice(session, clause);
    }
    if (!value_amount(session, clause->kid[0], true, &amount) ||
        amount.type.measure || amount.value < 0 ||
        amount.value != floor(amount.value) || amount.value > 1e15) {
        return scope_fail(session, clause->kid[0], DIAGNOSTIC_CLAUSE,
                          "a whole number of findings is wanted here",
                          "fail when > 3");
    }
    rule->has_fail_when = true;
    rule->fail_when = (size_t)amount.value;
    return true;
}

static bool
take_part(struct session *session, const struct node *clause,
          const struct node **parts, size_t *count, size_t most)
{
    if (*count == most) {
        return scope_fail(session, clause, DIAGNOSTIC_CLAUSE,
                          "a rule has too many clauses of this kind", NULL);
    }
    parts[(*count)++] = clause->kid[0];
    return true;
}

static bool
take_let(struct session *session, struct rule *rule, const struct node *clause)
{
    for (size_t i = 0; i < rule->let_count; i++) {
        if (rule->lets[i]->kid[0]->value.name == clause->kid[0]->value.name) {
            return fail_twice(session, clause);
        }
    }
    if (rule->let_count == RULE_LETS_MAX) {
        return scope_fail(session, clause, DIAGNOSTIC_CLAUSE,
                          "a rule has too many clauses of this kind", NULL);
    }
    rule->lets[rule->let_count++] = clause;
    return true;
}

static bool
take_once(struct session *session, const struct node *clause,
          const struct node **place)
{
    if (*place) {
        return fail_twice(session, clause);
    }
    *place = clause->kid[0];
    return true;
}

/* What a clause says while a rule is read. */
struct reading {
    bool severity;
    bool on_unknown;
    const struct node *message; /* of conditions that are still to come */
};

static bool
take_clause(struct session *session, struct rule *rule,
            const struct node *clause, struct reading *reading)
{
    switch (clause->kind) {
    case NODE_OWNER:
        return take_text(session, clause, &rule->owner);
    case NODE_SEE:
        return take_text(session, clause, &rule->see);
    case NODE_BECAUSE:
        return take_text(session, clause, &rule->because);
    case NODE_SEVERITY:
        return take_severity(session, clause, &rule->severity,
                             &reading->severity);
    case NODE_FOR_SUBJECT:
        return take_subject(session, rule, clause);
    case NODE_FOR:
        return take_once(session, clause, &rule->periods);
    case NODE_BY:
        return take_once(session, clause, &rule->by);
    case NODE_WHERE:
        return take_part(session, clause, rule->where, &rule->where_count,
                         RULE_PARTS_MAX);
    case NODE_WHEN:
        return take_part(session, clause, rule->when, &rule->when_count,
                         RULE_PARTS_MAX);
    case NODE_LET:
        return take_let(session, rule, clause);
    case NODE_REQUIRE:
    case NODE_FORBID:
        return take_condition(session, rule, clause);
    case NODE_OTHERWISE:
        return take_message(session, rule, clause, &reading->message);
    case NODE_MAY_BE_EMPTY:
        rule->may_be_empty = true;
        return true;
    case NODE_FAIL_WHEN:
        return take_count(session, rule, clause);
    default: /* NODE_ON_UNKNOWN */
        if (reading->on_unknown) {
            return fail_twice(session, clause);
        }
        reading->on_unknown = true;
        rule->on_unknown = clause->op == OP_FAIL     ? ON_UNKNOWN_FAIL
                           : clause->op == OP_IGNORE ? ON_UNKNOWN_IGNORE
                                                     : ON_UNKNOWN_WARN;
        return true;
    }
}

static bool
check_complete(struct session *session, struct rule *rule)
{
    const struct node *name = rule->statement->kid[0];
    if (!rule->subject) {
        return scope_fail(session, name, DIAGNOSTIC_RULE,
                          "this rule does not say what it is about",
                          "for every target exports");
    }
    if (!rule->condition_count) {
        return scope_fail(session, name, DIAGNOSTIC_RULE,
                          "this rule has no condition",
                          "require target <= forecast, or: forbid exports < 0");
    }
    if (rule->every && rule->by) {
        return scope_fail(session, rule->by, DIAGNOSTIC_RULE,
                          "`every` spreads all dimensions; `by` names them",
                          "leave one of the two out");
    }
    return true;
}

/* Conditions share the one message that there is. */
static void
share_message(struct rule *rule, const struct node *waiting)
{
    const struct node *last = waiting;
    for (size_t i = 0; i < rule->condition_count; i++) {
        struct rule_condition *condition = &rule->conditions[i];
        condition->otherwise =
            condition->otherwise ? condition->otherwise : last;
        last = condition->otherwise;
    }
}

bool
rule_read_clauses(struct session *session, struct rule *rule)
{
    struct reading reading = {0};
    const struct policy *policy = rule->policy;
    const struct node *statement = rule->statement;
    bool done = true;
    rule->title =
        statement->kid[1] ? keep_text(session, statement->kid[1]) : NULL;
    for (const struct node *at = statement->kid[3]; done && at; at = at->next) {
        done = take_clause(session, rule, at, &reading);
    }
    if (!done || !check_complete(session, rule)) {
        return false;
    }
    share_message(rule, reading.message);
    if (policy && !reading.severity && policy->has_severity) {
        rule->severity = policy->severity;
    }
    if (policy && !rule->owner) {
        rule->owner = policy->owner;
    }
    for (size_t i = 0; done && i < rule->condition_count; i++) {
        struct rule_condition *condition = &rule->conditions[i];
        done = !condition->otherwise ||
               message_open(session, condition->otherwise, &session->arena,
                            &condition->message);
    }
    return done;
}

bool
waiver_read_clauses(struct session *session, struct waiver *waiver)
{
    bool before;
    bool done = true;
    waiver->until = DAY_NONE;
    for (const struct node *at = waiver->statement->kid[1]; done && at;
         at = at->next) {
        switch (at->kind) {
        case NODE_FOR_FIGURES:
            done = take_once(session, at, &waiver->figures);
            break;
        case NODE_UNTIL:
            done = waiver->until == DAY_NONE || fail_twice(session, at);
            done = done &&
                   value_date(session, at->kid[0], &waiver->until, &before);
            break;
        case NODE_BECAUSE:
            done = take_text(session, at, &waiver->because);
            if (done && !*waiver->because) {
                return scope_fail(session, at, DIAGNOSTIC_CLAUSE,
                                  "say why this is waived",
                                  "because \"agreed with the ministry\"");
            }
            break;
        default: /* NODE_BY_ACTOR */
            if (at->kid[0]->kind == NODE_NAME) {
                waiver->by = scope_chars(session, at->kid[0]->value.name);
            } else {
                done = take_text(session, at, &waiver->by);
            }
            break;
        }
    }
    if (done && (waiver->until == DAY_NONE || !waiver->because)) {
        return scope_fail(session, waiver->rule, DIAGNOSTIC_RULE,
                          waiver->because ? "a waiver says until when it holds"
                                          : "a waiver says why",
                          "until 2024-03-31 because \"re-based series\"");
    }
    return done;
}
