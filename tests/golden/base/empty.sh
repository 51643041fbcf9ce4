# An empty base answers, with a header or a word.
for q in 'list metrics' 'list actors' 'list sources' 'list dimensions' 'list definitions' 'list calendars' 'print "hello"' '1 + 1'; do
    echo "\$ $q"
    assay --facts e.db -e "$q" 2>&1
    echo "[$?]"
done
for f in csv tsv json jsonl markdown; do
    echo "\$ $f"
    assay --facts e.db --format $f -e 'list metrics' 2>&1
    echo "[$?]"
done
: >empty.assay
assay run empty.assay
echo "[$?]"
printf '# only a comment\n\n' | assay run -
echo "[$?]"
