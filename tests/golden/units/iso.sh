# Every code of ISO 4217 is a unit; it gives way to a name of one's own.
if ! assay -e 'list currencies' | grep -q '^THB'; then
    echo 'built without iso-codes' >&2
    exit 77
fi
assay -e 'show 500 THB + 20 THB; describe THB; show 5 THB + 1 USD'
assay --format csv -e 'list currencies' >all
grep -E '^(name|USD|EUR|THB|ZAR|XXX)' all
[ "$(wc -l <all)" -gt 160 ] && [ "$(sort -u all | wc -l)" = "$(wc -l <all)" ] &&
    echo 'each once'
echo '== of the units, those of the library and those in use are listed'
assay --format csv -e 'show 5 THB; list units' | grep -cE '^(THB|AED|USD|kg),'
echo '== a metric of that name'
assay -e 'metric COP "Coefficient of performance" in %
actual 2023 COP = 320%
show COP
show 3 COP'
assay -e 'unit TOP "Top" = 3 kg
show 2 TOP to kg'
assay -e 'show 5 COP; metric COP in %'
assay -e 'metric USD in %'
echo '== what was meant'
assay -e 'show 5 kgs'
assay -e 'show 5 THC'
true
