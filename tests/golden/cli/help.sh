# Usage, made from the tables.
for command in '' run check fmt import verify explain help version; do
    echo "--- help $command"
    assay help $command
done
assay --help >all
assay help >same
cmp all same
assay run -h >all
assay help run >same
cmp all same
