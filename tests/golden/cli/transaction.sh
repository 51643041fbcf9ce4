# A script lands whole or not at all, and each on its own.
echo 'actual 2001 cups = 5' >good.assay
echo 'actual 2002 cups = 6; show (' >bad.assay
assay run -q --facts facts.db good.assay bad.assay 2>/dev/null
echo "[$?]"
assay facts.db --format csv -e 'show cups'
assay facts.db --read-only -e 'actual 2003 cups = 7' >/dev/null 2>&1
echo "[$?]"
assay facts.db --format csv -e 'show cups'
