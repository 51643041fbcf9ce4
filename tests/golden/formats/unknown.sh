# Formats that are not there.
assay --format xml -e 1; echo "[$?]"
