/* Units, and what they measure.
 *
 * A base unit (USD, kg, person) measures something of its own; every other one
 * is a factor times a product of base units.  That product is a *measure*, an
 * interned vector of powers: two amounts may be added when their measures are
 * the same number.  Amounts are held in base units, so arithmetic needs no
 * conversion; a unit is only how an amount is written and shown.
 */
#ifndef VALUES_UNIT_H
#define VALUES_UNIT_H

#include "base/atom.h"
#include "base/buffer.h"
#include "base/index.h"

typedef uint32_t unit_id;    /* 0: a plain number */
typedef uint32_t measure_id; /* 0: of a plain number */

enum { MEASURE_TERMS_MAX = 6, MEASURE_POWER_MAX = 9 };

#define MEASURE_NONE UINT32_MAX /* a product that is too complex */

struct measure_term {
    unit_id base;
    int8_t power;
};

/* Terms in the order of their base units; none of power 0. */
struct measure {
    struct measure_term terms[MEASURE_TERMS_MAX];
    uint8_t count;
};

/* What sort of plain number a unit without measure makes. */
enum unit_role {
    UNIT_LEVEL,   /* amounts and counts */
    UNIT_RATE,    /* per cent of something */
    UNIT_POINT,   /* a difference of rates: pp, bp */
    UNIT_FOLLOWS, /* stands for one that each line has of its own, as in
                   * `currency of country`; a measure of its own */
};

struct unit {
    atom name;
    const char *title;  /* may be NULL */
    const char *symbol; /* "$"; may be NULL */
    atom symbol_name;   /* the symbol's atom, or 0 */
    double factor;      /* one of it in base units */
    int16_t exponent;   /* log10 of factor when is_power */
    bool is_power;      /* factor is a power of ten: decimals stay exact */
    bool is_base;
    enum unit_role role;
    measure_id measure;
};

struct units {
    struct unit *items; /* 0 is the plain number */
    size_t count;
    size_t capacity;
    struct measure *measures; /* 0 is the empty product */
    size_t measure_count;
    size_t measure_capacity;
    struct index by_name;   /* atom */
    struct index by_symbol; /* atom of the symbol's text */
};

void units_init(struct units *units);
void units_free(struct units *units);

/* Forgets units from number COUNT on. */
void units_truncate(struct units *units, size_t count);

/* Adds a unit.  Texts are borrowed and outlive UNITS.  SYMBOL is an atom or 0.
 * With no measure given (MEASURE_NONE) it is a base unit. */
unit_id units_add(struct units *units, const struct unit *unit, atom symbol);

/* The unit with that name or symbol, or INDEX_NONE. */
unit_id units_find(const struct units *units, atom name);
unit_id units_find_symbol(const struct units *units, atom symbol);

measure_id units_multiply(struct units *units, measure_id a, measure_id b);
measure_id units_divide(struct units *units, measure_id a, measure_id b);
measure_id units_power(struct units *units, measure_id a, int power);

/* The square root; MEASURE_NONE when some power is odd. */
measure_id units_root(struct units *units, measure_id a);

/* Interns a product; MEASURE_NONE when it has too many terms. */
measure_id units_measure(struct units *units, const struct measure *measure);

/* Appends a measure in words: "USD/person"; nothing for a plain number. */
void units_print_measure(struct buffer *buffer, const struct units *units,
                         measure_id measure, const struct atoms *atoms);

#endif
