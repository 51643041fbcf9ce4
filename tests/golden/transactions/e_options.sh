# Each -e is a transaction of its own; what stands in front of a mistake stays.
assay --facts base.db -e 'metric a; actual 2020 a = 1' -e 'actual 2021 a = 2; nonsense here' -e 'actual 2022 a = 3' 2>&1
echo "[$?]"
assay --facts base.db -e a
echo "[$?]"
# What stands in front of a mistake in syntax does not land either.
assay --facts base.db -e 'print "one"; actual 2030 a = 1; show )' 2>&1
echo "[$?]"
assay --facts base.db -e a
