# A hedge without a sign before it, and members in braces where a group is wanted.
for line in 'actual 2025 t over 14' 'actual 2025 t nearly 14' \
    'show sum(t over country in {KR, JP})' 'forecast 2023 target exports = 5'; do
    echo "$line" | assay run - 2>&1
done
