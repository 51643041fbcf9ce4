# What a later run fixes or adds is there when the base is opened again: a unit
# said late, groups of two dimensions, symbols after a failure.
assay -q --facts "$FACTS" -e 'actual 2020 coal = 5'
assay -q --facts "$FACTS" -e 'actual 2021 coal = 6 tonne'
assay -q --facts "$FACTS" -e 'show coal'

assay -q --facts "$FACTS" -e 'dimension a; member a1 of a; member a2 of a
member ga of a = a1 + a2'
assay -q --facts "$FACTS" -e 'dimension b; member b1 of b; member b2 of b
member gb of b = b1 + b2; member a3 of a'
assay -q --facts "$FACTS" -e 'describe ga; describe gb'

# A failed entry leaves no symbol behind that points elsewhere.
printf '%s\n' 'show $5 + nosuch' 'actual 2023 x = 5 EUR' \
    'actual 2023 y = $5' 'show y' >in
TERM=dumb assay -q <in 2>/dev/null
for line in 'show $5 + nosuch' 'actual 2023 y = $5; show y'; do
    assay -q -e "$line" 2>/dev/null
done
