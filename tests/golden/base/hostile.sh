# Names and texts in every quoted position come back as they are.
assay --facts h.db -e 'dimension `a b; drop`
member "x'"'"'); DROP TABLE fact; --" "A title with '"'"' and \" and \\" of `a b; drop`
metric `GDP (current US$)` "%s%n $name" in USD by `a b; drop`
actor `o'"'"'hara` "O'"'"'Hara"
source `s"q` "Robert'"'"'); --" on 2020-01-01
actual 2020 `GDP (current US$)`["x'"'"'); DROP TABLE fact; --"] = 5 by `o'"'"'hara` source `s"q` note "n'"'"'; --" if "c\u{1F600}"'
echo "[$?]"
assay --facts h.db -e '`GDP (current US$)`["x'"'"'); DROP TABLE fact; --"]; list dimensions; list actors; list sources; list members of `a b; drop`; compare 2020 `GDP (current US$)`["x'"'"'); DROP TABLE fact; --"]'
echo "[$?]"
