# Undo takes back one transaction after the other: facts, names, retractions.
list='list metrics; list actors; list dimensions; list imports'
cat >steps <<'END'
2021 exports = 5 by moef
2022 exports = 6B USD by kdi; dimension country; member KR of country
retract 2021 exports because "x"
metric other yearly
member JP of country
END
for base in '' '--facts base'; do
    echo "=== ${base:-in memory}"
    set --
    while IFS= read -r line; do set -- "$@" -e "$line"; done <steps
    for i in 1 2 3 4 5 6; do
        set -- "$@" -e undo -e "$list" -e 'history exports'
    done
    assay $base --format csv "$@" 2>&1
    echo "[$?]"
done
echo "=== one after the other, in a file"
while IFS= read -r line; do assay --facts two -q -e "$line"; done <steps
assay --facts two -e "show exports for 2021..2022; list metrics"
for i in 1 2 3 4 5; do
    assay --facts two -e undo 2>&1
    assay --facts two -e "list metrics; list actors" 2>&1
done
assay --facts two -e '2021 exports = 7 EUR; list metrics; 2021 exports; list imports' 2>&1
