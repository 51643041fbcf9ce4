# Each unit of a column keeps one scale, also where a table goes on for long: one
# that comes late has its own.
awk 'BEGIN {
    print "dimension town"
    print "metric rent yearly in currency of town by town"
    for (i = 1; i <= 1100; i++) {
        unit = i > 1090 ? "JPY" : i % 2 ? "KRW" : "USD"
        size = unit == "JPY" ? "M" : i % 3 ? "B" : "M"
        print "member t" i " of town; actual 2023 rent[t" i "] = " i size " " unit
    }
    print "show rent by town"
}' >rents.assay
assay run rents.assay | awk 'NR <= 8 || NR >= 1088'
assay run --format markdown rents.assay | tail -n 5
