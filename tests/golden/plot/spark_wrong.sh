# What spark does not take; and its letters under --ascii and in other formats.
exec 2>&1
cat >names.assay <<'X'
dimension country; member KR of country
metric exports flow yearly in USD by country
actual exports: 2020 = 1, 2021 = 5, 2023 = 3
actual exports[KR]: 2020 = 1
X
while IFS= read -r statement; do
    printf '%s\n' "$statement"
    { cat names.assay; printf '%s\n' "$statement"; } |
        assay run --diagnostics short -
done <<'X'
show spark()
show spark(exports, 2)
show spark(exports, partial)
show spark(exports over country)
show spark(exports by country)
show spark(exports > 5)
show spark(spark(exports))
show max(spark(exports))
show spark(exports) + 1
show spark(nothing)
define spark(x) = x
X
for options in "--ascii" "--format csv" "--format json" "--format markdown"; do
    { cat names.assay; echo 'show spark(exports)'; } |
        assay run $options -
done
