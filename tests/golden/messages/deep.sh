# Limits: 200 levels, 1 MiB a statement: errors with a position, never a crash.
nest() { awk -v n="$1" 'BEGIN { for (i = 0; i < n; i++) printf "("; printf 1; for (i = 0; i < n; i++) printf ")"; print "" }'; }
nest 190 | assay run --diagnostics short - 2>&1; echo "[$?]"
nest 201 | assay run --diagnostics short - 2>&1; echo "[$?]"
nest 100000 | assay run --diagnostics short - 2>&1; echo "[$?]"
awk 'BEGIN { for (i = 0; i < 300; i++) printf "-"; print 1 }' | assay run --diagnostics short - 2>&1; echo "[$?]"
awk 'BEGIN { printf "show 1"; for (i = 0; i < 400000; i++) printf " + 1"; print "" }' | assay run --diagnostics short - 2>&1; echo "[$?]"
awk 'BEGIN { printf "print \""; for (i = 0; i < 1200000; i++) printf "x"; print "\"" }' | assay run --diagnostics short - 2>&1; echo "[$?]"
awk 'BEGIN { printf "if true then "; for (i = 0; i < 5000; i++) printf "if true then "; print 1 }' | assay run --diagnostics short - 2>&1; echo "[$?]"
head -c 100000 /dev/zero | assay run --diagnostics short - >out 2>&1; echo "[$?]"; cut -c 1-200 out
