# Outputs that take nothing, inputs that give nothing.
exec 2>&1
echo "--- a full disk"
for format in table csv json; do
    assay --format $format -e 'list units' >/dev/full; echo "[$?]"
done
assay help >/dev/full; echo "[$?]"
echo '2020  x=1' | assay fmt - >/dev/full; echo "[$?]"
echo "--- closed"
assay -e 'print "a"' >&-; echo "[$?]"
assay -e 'print "a"' <&-; echo "[$?]"
assay run - <&-; echo "[$?]"
echo "--- unreadable"
assay run nowhere; echo "[$?]"
assay run .; echo "[$?]"
assay run - <. ; echo "[$?]"
assay fmt nowhere; echo "[$?]"
assay fmt .; echo "[$?]"
assay run ''; echo "[$?]"
