# The order of the files, the locale and a second run change not a byte.
. ./try.sh
cat >one.assay <<'END'
policy p owner "desk"
rule low for every target exports require target < 500B
    otherwise "{target} and {forecast}"
waive low for target 2023 exports[JP] until 2024-03-31 because "x"
END
cat >two.assay <<'END'
policy q severity warning
rule near for every target exports require target <= forecast
rule some for every figure require known(source(figure))
END
cat >three.assay <<'END'
metric imports "Imports" flow yearly in B USD by country
target 2023 imports[KR] = 600 on 2023-10-01
END
assay check one.assay two.assay three.assay figures.assay >first 2>&1
tail -n 3 first
for files in 'figures one two three' 'three two one figures' 'two figures one three' \
    'one figures three two' 'figures three two one' 'two one three figures'; do
    set --
    for file in $files; do set -- "$@" $file.assay; done
    for format in text csv json markdown sarif junit tap github gitlab html; do
        assay check --format $format "$@" >out.$format 2>&1
        if [ -f ref.$format ]; then
            cmp ref.$format out.$format || echo "$files: $format differs"
        else
            mv out.$format ref.$format
        fi
    done
done
for locale in C C.UTF-8 de_DE.UTF-8 tr_TR.UTF-8 nonsense; do
    LC_ALL=$locale LANG=$locale assay check one.assay two.assay three.assay figures.assay 2>&1 |
        cmp - first
done
echo '= several reports in one run are those of one each'
assay check -q --csv all.csv --json all.json --markdown all.markdown \
    --sarif all.sarif --junit all.junit --tap all.tap --gitlab all.gitlab \
    --html all.html figures.assay one.assay two.assay three.assay >/dev/null
for format in csv json markdown sarif junit tap gitlab html; do
    cmp ref.$format all.$format
done
assay check --csv - one.assay two.assay three.assay figures.assay | cmp - ref.csv
echo '= done'
