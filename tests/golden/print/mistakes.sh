# Each mistake in a text by itself.
for text in '{1:.2X}' '{1:.2kg}' 'a } b' '{5%:.1pp}' '{5 kg:.1USD}' '{}' '{1' '{1:}' '{nothing}'; do
    printf '%s\n' "$text"
    printf 'print "%s"\n' "$text" | assay run --diagnostics short - 2>&1
    echo "    [$?]"
done
