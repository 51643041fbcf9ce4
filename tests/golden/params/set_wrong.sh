# A value is typed like its default; a parameter without one must be set.
exec 2>&1
echo 'param year = 2020; param text = "x"; show $year; print "{$text}"' >p.assay
assay run --set year='"x"' p.assay; echo "[$?]"
assay run --set yaer=2021 p.assay; echo "[$?]"
assay run --set text=hello p.assay; echo "[$?]"
assay run --set year='1 +' p.assay; echo "[$?]"
echo 'param bare; print "{$bare}"' >b.assay
assay run b.assay; echo "[$?]"
assay run --set bare=5 b.assay; echo "[$?]"
# A parameter whose default is a text takes a text, whatever it looks like
for value in ../x /a/b a/b 2024 5% -1 'a b' '1 +' '"q"' '#' ''; do
    assay run --set text="$value" p.assay | tail -1
done
