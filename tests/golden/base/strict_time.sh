# --as-of over a kept base; without it the latest date in the facts.
assay -q --facts f.db -e 'forecast 2023 a = 1 on 2023-01-01' -e 'forecast 2023 a = 2 on 2024-01-01'
assay --facts f.db -e 'forecast 2023 a'
assay --facts f.db --as-of 2023-06-01 -e 'forecast 2023 a'
assay --facts f.db --as-of 2022 -e 'forecast 2023 a; compare forecast 2023 a'
echo "[$?]"
