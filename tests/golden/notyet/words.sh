# What the language names and this version lacks inside statements that run:
# refused as such (E0599), not as a slip of the reader's.
cat >vocabulary.assay <<'X'
dimension country; member KR of country
metric e flow yearly in USD by country
actor imf
forecast 2020 e[KR] = 5 by imf on 2020-01-01
X
while IFS= read -r statement; do
    { cat vocabulary.assay; printf '%s\n' "$statement"; } >case.assay
    code=$(assay run --diagnostics short case.assay 2>&1 |
        sed -n 's/.*\[\(E[0-9]*\)\].*/\1/p')
    printf '%-48s %s\n' "$statement" "$code"
done <<'X'
show forecast 2020 figure
show spark(e)
X
