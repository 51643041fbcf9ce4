# Countries and groups come from the library, without a file; what a script
# declared before stays as it is.
if assay -e 'include "std:countries"' 2>&1 | grep -q 'without iso-codes'; then
    echo 'built without iso-codes' >&2
    exit 77
fi
cat >own.assay <<'END'
dimension country "Land"
member KR "Korea" of country
member BENELUX "Ours" of country
include "std:groups"
include "std:groups"
include "std:countries"
metric exports flow yearly in B USD by country
actual 2023 exports[KR] = 632.2; actual 2023 exports[JP] = 717.3
actual 2023 exports[US] = 2020; actual 2023 exports[CN] = 3380
show exports by country where country in G7
show sum(exports over country)
list dimensions
describe KR; describe JP; describe G7; describe BENELUX
END
assay run own.assay
echo '== again, on a base'
assay --facts f.db run own.assay >/dev/null
assay --facts f.db run own.assay >again; wc -l <again | tr -d ' '
echo '== by alpha-3, from a folder below'
mkdir sub
cat >sub/three.assay <<'END'
include "std:groups3"
member KOR "South Korea" of country
describe G7; describe EA21
END
assay run sub/three.assay
echo '== every part of a group is a country, and 249 are'
assay --format csv -e 'include "std:countries"; list members of country' >two
assay --format csv -e 'include "std:countries3"; list members of country' >three
sed -n '/^KR,/p; /^JP,/p; /^CI,/p' two
sed -n '/^KOR,/p; /^JPN,/p; /^CIV,/p' three
[ "$(wc -l <two)" = "$(wc -l <three)" ] && [ "$(wc -l <two)" -gt 240 ] &&
    echo 'as many of both'
assay --format csv -e 'include "std:groups"; list members of country' |
    cut -d , -f 1 | grep -cv '^[A-Z][A-Z]$'
echo '== what is refused'
assay -e 'include "std:countrys"'
assay -e 'include "std:"'
assay -e 'include "std:countries"; member KR "Korea" of country'
assay -e 'include "std:countries"; member XX of country = KR + ZZ'
true
