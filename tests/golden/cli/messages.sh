# Messages go to standard error, in three styles; notices can be left out.
echo 'show (' >a.assay
for style in text short json; do
    echo "--- $style"
    assay run --diagnostics $style a.assay 2>&1
done
echo "--- a notice"
assay -e 'actual 2001 cups = 5' 2>&1
echo "--- none"
assay -q -e 'actual 2001 cups = 5' 2>&1
echo "--- colour"
assay --color always run a.assay 2>&1 >/dev/null
echo "--- the environment"
NO_COLOR=1 CLICOLOR_FORCE=1 \
    assay run --diagnostics short a.assay 2>&1 >/dev/null
CLICOLOR_FORCE=1 assay run --diagnostics short a.assay 2>&1 >/dev/null
FORCE_COLOR=0 assay run --diagnostics short a.assay 2>&1 >/dev/null
