/* A review as a list of cases, for formats made for tests: JUnit and TAP.
 *
 * A case is a rule on a subject.  Where passes are not kept one by one, a case
 * stands for all passes of its rule, and one for a rule that found nothing to
 * look at, so that no rule is missing.  A breakdown is a case too.  Private to
 * report/review/.
 */
#ifndef REPORT_REVIEW_CASES_H
#define REPORT_REVIEW_CASES_H

#include "report/review/parts.h"

enum case_outcome { CASE_PASSED, CASE_FAILED, CASE_SKIPPED, CASE_BROKEN };

struct review_case {
    enum case_outcome outcome;
    const char *name; /* "RULE for SUBJECT"; escaped for people, raw for XML */
    const char *type; /* severity, or code of a breakdown */
    const char *message; /* of what failed or was skipped */
    const char *details; /* lines; may be NULL */
    struct review_place place;
    const struct review_finding *finding; /* may be NULL */
};

/* Takes a case; the texts live as long as the call. */
typedef void (*case_taker)(void *context, const struct review_case *item);

/* Hands on the cases of the rules of POLICY, in order of rules. */
void cases_of_policy(const struct writer *writer,
                     const struct review_policy *policy, case_taker take,
                     void *context);

/* Hands on the breakdowns, in order; at least one when the status says so. */
void cases_of_breakdown(const struct writer *writer, case_taker take,
                        void *context);

#endif
