# An import of no facts is a transaction too: undo of a later one leaves it.
printf 'period,value\n' >none.csv
assay -q --facts "$FACTS" -e 'metric x yearly'
assay -q --facts "$FACTS" -e 'import "none.csv" as actual x'
assay -q --facts "$FACTS" -e 'actual 2001 x = 1'
assay -q --facts "$FACTS" -e 'undo' -e 'list imports'
assay -q --facts "$FACTS" -e 'undo' -e 'list imports'
assay verify "$FACTS"
# A text cannot take back the batch to which it still adds facts.
assay -q -e 'actual 2001 y = 1; retract import 1 because "no"' 2>&1
assay -q --facts "$FACTS" \
    -e 'actual 2001 y = 1; retract import 4 because "no"; 2001 y' 2>&1
assay verify "$FACTS"
