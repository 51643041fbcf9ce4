#include "values/unit.h"

#include "base/arena.h"
#include "values/decimal.h"

#include <stdlib.h>

void
units_init(struct units *units)
{
    *units = (struct units){0};
    struct unit number = {.factor = 1, .is_power = true};
    struct measure empty = {.count = 0};
    units->items = memory_alloc(sizeof number);
    units->items[0] = number;
    units->count = units->capacity = 1;
    units->measures = memory_alloc(sizeof empty);
    units->measures[0] = empty;
    units->measure_count = units->measure_capacity = 1;
}

void
units_free(struct units *units)
{
    free(units->items);
    free(units->measures);
    index_free(&units->by_name);
    index_free(&units->by_symbol);
    *units = (struct units){0};
}

unit_id
units_add(struct units *units, const struct unit *unit, atom symbol)
{
    void *items = units->items;
    memory_grow(&items, &units->capacity, units->count + 1,
                sizeof *units->items);
    units->items = items;
    unit_id id = (unit_id)units->count++;
    units->items[id] = *unit;
    int exponent = 0;
    struct unit *added = &units->items[id];
    if (unit->measure == MEASURE_NONE) {
        struct measure own = {.terms = {{id, 1}}, .count = 1};
        added->measure = units_measure(units, &own);
        added->factor = 1;
        added->is_base = true;
    }
    added->is_power = decimal_is_power(added->factor, &exponent);
    added->exponent = (int16_t)exponent;
    index_put(&units->by_name, unit->name, id);
    added->symbol_name = symbol;
    if (symbol) {
        index_put(&units->by_symbol, symbol, id);
    }
    return id;
}

void
units_truncate(struct units *units, size_t count)
{
    if (count >= units->count) {
        return;
    }
    units->count = count;
    index_clear(&units->by_name);
    index_clear(&units->by_symbol);
    for (unit_id id = 1; id < count; id++) {
        index_put(&units->by_name, units->items[id].name, id);
        if (units->items[id].symbol_name) {
            index_put(&units->by_symbol, units->items[id].symbol_name, id);
        }
    }
}

unit_id
units_find(const struct units *units, atom name)
{
    unit_id id = index_get(&units->by_name, name);
    return id < units->count && units->items[id].name == name ? id : INDEX_NONE;
}

unit_id
units_find_symbol(const struct units *units, atom symbol)
{
    unit_id id = index_get(&units->by_symbol, symbol);
    return id < units->count ? id : INDEX_NONE;
}

measure_id
units_measure(struct units *units, const struct measure *measure)
{
    for (size_t i = 0; i < units->measure_count; i++) {
        const struct measure *known = &units->measures[i];
        bool same = known->count == measure->count;
        for (uint8_t t = 0; same && t < measure->count; t++) {
            same = known->terms[t].base == measure->terms[t].base &&
                   known->terms[t].power == measure->terms[t].power;
        }
        if (same) {
            return (measure_id)i;
        }
    }
    void *items = units->measures;
    memory_grow(&items, &units->measure_capacity, units->measure_count + 1,
                sizeof *units->measures);
    units->measures = items;
    units->measures[units->measure_count] = *measure;
    return (measure_id)units->measure_count++;
}

/* The product of A and B to the power SIGN, merged in the order of bases. */
static measure_id
combine(struct units *units, measure_id a, measure_id b, int sign)
{
    struct measure left = units->measures[a];
    struct measure right = units->measures[b];
    struct measure product = {.count = 0};
    uint8_t i = 0;
    uint8_t j = 0;
    while (i < left.count || j < right.count) {
        bool from_left =
            j == right.count ||
            (i < left.count && left.terms[i].base <= right.terms[j].base);
        bool from_right =
            i == left.count ||
            (j < right.count && right.terms[j].base <= left.terms[i].base);
        unit_id base = from_left ? left.terms[i].base : right.terms[j].base;
        int power = (from_left ? left.terms[i].power : 0) +
                    (from_right ? sign * right.terms[j].power : 0);
        i = (uint8_t)(i + from_left);
        j = (uint8_t)(j + from_right);
        if (power == 0) {
            continue;
        }
        if (product.count == MEASURE_TERMS_MAX ||
            abs(power) > MEASURE_POWER_MAX) {
            return MEASURE_NONE;
        }
        product.terms[product.count++] =
            (struct measure_term){base, (int8_t)power};
    }
    return units_measure(units, &product);
}

measure_id
units_multiply(struct units *units, measure_id a, measure_id b)
{
    return a == 0 ? b : b == 0 ? a : combine(units, a, b, 1);
}

measure_id
units_divide(struct units *units, measure_id a, measure_id b)
{
    return b == 0 ? a : combine(units, a, b, -1);
}

measure_id
units_power(struct units *units, measure_id a, int power)
{
    struct measure result = units->measures[a];
    if (power == 0) {
        return 0;
    }
    for (uint8_t i = 0; i < result.count; i++) {
        int raised = result.terms[i].power * power;
        if (abs(raised) > MEASURE_POWER_MAX) {
            return MEASURE_NONE;
        }
        result.terms[i].power = (int8_t)raised;
    }
    return units_measure(units, &result);
}

measure_id
units_root(struct units *units, measure_id a)
{
    struct measure result = units->measures[a];
    for (uint8_t i = 0; i < result.count; i++) {
        if (result.terms[i].power % 2) {
            return MEASURE_NONE;
        }
        result.terms[i].power = (int8_t)(result.terms[i].power / 2);
    }
    return units_measure(units, &result);
}

static void
print_terms(struct buffer *buffer, const struct units *units,
            const struct measure *measure, const struct atoms *atoms, int sign)
{
    bool first = true;
    for (uint8_t i = 0; i < measure->count; i++) {
        struct measure_term term = measure->terms[i];
        int power = term.power * sign;
        if (power <= 0) {
            continue;
        }
        if (!first) {
            buffer_add_char(buffer, '*');
        }
        first = false;
        buffer_add_slice(buffer,
                         atoms_text(atoms, units->items[term.base].name));
        if (power > 1) {
            buffer_format(buffer, "^%d", power);
        }
    }
    if (first && sign > 0) {
        buffer_add_char(buffer, '1');
    }
}

void
units_print_measure(struct buffer *buffer, const struct units *units,
                    measure_id id, const struct atoms *atoms)
{
    const struct measure *measure = &units->measures[id];
    uint8_t below = 0;
    for (uint8_t i = 0; i < measure->count; i++) {
        below = (uint8_t)(below + (measure->terms[i].power < 0));
    }
    if (measure->count == 0) {
        return;
    }
    print_terms(buffer, units, measure, atoms, 1);
    if (below) {
        buffer_add_char(buffer, '/');
        buffer_add_text(buffer, below > 1 ? "(" : "");
        print_terms(buffer, units, measure, atoms, -1);
        buffer_add_text(buffer, below > 1 ? ")" : "");
    }
}
