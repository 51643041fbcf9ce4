/* Amounts of one currency in another: `exports to KRW`.
 *
 * The rate is the metric whose unit is one currency a unit of the other.  It is
 * read at the period of what is converted, never at another, and the answer
 * says what it was.
 *
 * A stock is worth what the rate was at the end of its period; all else, what
 * it was on average.  Where two metrics hold the rate, the one that is itself a
 * stock is that at the end of the period.  A rate that is known more often than
 * what is converted is taken at its last part for a stock, else as the mean of
 * its parts, however it is declared.
 */
#include "eval/bind.h"

/* Currencies have codes of three capitals (ISO 4217). */
bool
bind_unit_is_currency(const struct session *session, unit_id id)
{
    const struct units *units = &session->vocabulary->units;
    struct slice name = atoms_text(&session->atoms, units->items[id].name);
    bool capitals = name.len == 3;
    for (size_t i = 0; capitals && i < name.len; i++) {
        capitals = name.at[i] >= 'A' && name.at[i] <= 'Z';
    }
    return capitals;
}

bool
bind_is_currency(const struct session *session, measure_id at)
{
    const struct measure *measure = &session->vocabulary->units.measures[at];
    return measure->count == 1 && measure->terms[0].power == 1 &&
           bind_unit_is_currency(session, measure->terms[0].base);
}

/* Is a measure so much of one currency for one of another? */
static bool
is_exchange(const struct session *session, measure_id at)
{
    const struct measure *measure = &session->vocabulary->units.measures[at];
    return measure->count == 2 &&
           measure->terms[0].power == -measure->terms[1].power &&
           (measure->terms[0].power == 1 || measure->terms[0].power == -1) &&
           bind_unit_is_currency(session, measure->terms[0].base) &&
           bind_unit_is_currency(session, measure->terms[1].base);
}

static void
fail_two(struct binder *binder, const struct node *at, uint32_t one,
         uint32_t other)
{
    struct session *session = binder->session;
    const struct vocabulary *vocabulary = session->vocabulary;
    struct diagnostic *record = diagnostics_add(
        session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_AMBIGUOUS, at->span,
        "two metrics hold this exchange rate: %s and %s",
        vocabulary_name(vocabulary, CLASS_METRIC, one).at,
        vocabulary_name(vocabulary, CLASS_METRIC, other).at);
    diagnostics_help(session->diagnostics, record,
                     "multiply by, or divide by, the one that is meant");
}

/* The metric that holds the rate of the END of a period, or the one of its
 * average; the other if there is only that.  0: none; UINT32_MAX: after a
 * report that there are several. */
static uint32_t
find_rate(struct binder *binder, const struct node *at, measure_id wanted,
          measure_id inverse, bool end)
{
    const struct vocabulary *vocabulary = binder->session->vocabulary;
    uint32_t found[2] = {0, 0}; /* not a stock, a stock */
    uint32_t other[2] = {0, 0};
    for (uint32_t id = 1; id < vocabulary->classes[CLASS_METRIC].count; id++) {
        const struct metric *metric = &vocabulary->metrics[id];
        measure_id measure = vocabulary->units.items[metric->unit].measure;
        if (measure == wanted || measure == inverse) {
            bool stock = metric->aggregation == AGGREGATION_STOCK;
            other[stock] = found[stock] ? id : 0;
            found[stock] = found[stock] ? found[stock] : id;
        }
    }
    int which = found[end] ? end : !end;
    if (other[which]) {
        fail_two(binder, at, found[which], other[which]);
        return UINT32_MAX;
    }
    return found[which];
}

/* The rate at the periods of what is converted. */
static uint32_t
bind_rate(struct binder *binder, const struct node *at, uint32_t metric,
          const struct bind_periods *basis, bool end,
          const struct exchange *exchange)
{
    struct session *session = binder->session;
    const struct vocabulary *vocabulary = session->vocabulary;
    struct arena *arena = &session->scratch;
    struct node *name = arena_alloc(arena, sizeof *name);
    struct node *figure =
        arena_alloc(arena, sizeof *figure + 4 * sizeof(struct node *));
    struct binder inner = *binder;
    enum frequency own = (enum frequency)vocabulary->metrics[metric].frequency;
    memset(name, 0, sizeof *name);
    memset(figure, 0, sizeof *figure + 4 * sizeof(struct node *));
    name->kind = NODE_NAME;
    name->span = figure->span = at->span;
    name->value.name = vocabulary_entry(vocabulary, CLASS_METRIC, metric)->name;
    figure->kind = NODE_FIGURE;
    figure->kid_count = 4;
    figure->kid[2] = name;
    inner.keep_focus = false;
    inner.bindings = NULL;
    inner.aliases = NULL;
    inner.spreads = 0;
    if (basis->moves) {
        inner.lag = basis->lag;
    } else if (basis->fixed) {
        inner.lag = inner.fixed_lag = 0;
        inner.has_at = true;
        inner.at = basis->period;
    }
    if (own > basis->frequency && basis->frequency != FREQUENCY_ONCE &&
        inner.convert == FREQUENCY_ONCE) {
        inner.convert = basis->frequency;
    }
    inner.convert_partial = inner.convert_partial || exchange->partial;
    inner.apart = exchange->when == EXCHANGE_AT;
    inner.aggregation = end ? AGGREGATION_STOCK : AGGREGATION_RATE;
    return bind_figure(&inner, figure);
}

/* Kept to be told beside the answer, once for each lag. */
static void
keep_rate(struct plan *plan, uint32_t rate)
{
    for (size_t i = 0; i < plan->rate_count; i++) {
        if (plan->rates[i] == rate) {
            return;
        }
    }
    if (plan->rate_count < PLAN_RATES_MAX) {
        plan->rates[plan->rate_count++] = rate;
    }
}

static void
fail_rate(struct binder *binder, const struct node *at, measure_id ratio)
{
    struct session *session = binder->session;
    struct buffer unit = {0};
    units_print_measure(&unit, &session->vocabulary->units, ratio,
                        &session->atoms);
    struct diagnostic *record = diagnostics_add(
        session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_UNIT_MISMATCH,
        at->span, "no metric holds an exchange rate in %s", unit.text);
    diagnostics_help(session->diagnostics, record,
                     "declare it: metric fx rate yearly in %s; and state its "
                     "figures",
                     unit.text);
    buffer_free(&unit);
}

/* What is converted must have one period in each row. */
static bool
check_periods(struct binder *binder, const struct node *at,
              const struct bind_periods *basis)
{
    if (!bind_has_several(basis)) {
        return true;
    }
    bind_fail(
        binder, at, DIAGNOSTIC_UNIT_MISMATCH,
        "this is made of several periods, which have rates of their own",
        basis->gathers
            ? "convert inside: sum(exports to KRW), change(exports to KRW)"
            : "convert each figure: (2023 exports to KRW) - (2022 exports "
              "to KRW)");
    return false;
}

/* VALUE times, or divided by, the rate that METRIC holds; RATIO is the unit
 * asked for a unit of VALUE. */
static uint32_t
apply_rate(struct binder *binder, const struct node *at,
           const struct type *wanted, uint32_t value, uint32_t rate,
           measure_id ratio)
{
    struct type type = {
        .class = VALUE_NUMBER, .measure = wanted->measure, .scale = -1};
    bool times = bind_type(binder, rate).measure == ratio;
    keep_rate(binder->plan, rate);
    uint32_t product =
        bind_operator(binder, at, times ? PLAN_MULTIPLY : PLAN_DIVIDE, type,
                      value, rate, UINT32_MAX);
    if (product != UINT32_MAX) {
        binder->plan->nodes[product].exchanges = true;
    }
    return product;
}

bool
bind_exchange(struct binder *binder, const struct node *at,
              const struct type *wanted, const struct exchange *exchange,
              uint32_t *value)
{
    struct units *units = &binder->session->vocabulary->units;
    struct type type = bind_type(binder, *value);
    measure_id ratio = units_divide(units, wanted->measure, type.measure);
    measure_id inverse = units_divide(units, type.measure, wanted->measure);
    if (type.class != VALUE_NUMBER || !type.measure || !wanted->measure ||
        ratio == MEASURE_NONE || inverse == MEASURE_NONE ||
        !is_exchange(binder->session, ratio)) {
        return false;
    }
    struct bind_periods basis = bind_find_periods(binder, *value, true);
    bool end =
        exchange->when == EXCHANGE_END ||
        (exchange->when == EXCHANGE_BY_METRIC && basis.stocks && !basis.others);
    uint32_t metric = find_rate(binder, at, ratio, inverse, end);
    if (exchange->when == EXCHANGE_AT) {
        basis = (struct bind_periods){.fixed = true,
                                      .period = exchange->period,
                                      .frequency = exchange->period.frequency};
    }
    if (!metric) {
        fail_rate(binder, at, ratio);
    }
    if (!metric || metric == UINT32_MAX || !check_periods(binder, at, &basis)) {
        *value = UINT32_MAX;
        return true;
    }
    uint32_t rate = bind_rate(binder, at, metric, &basis, end, exchange);
    *value = rate == UINT32_MAX
                 ? rate
                 : apply_rate(binder, at, wanted, *value, rate, ratio);
    return true;
}
