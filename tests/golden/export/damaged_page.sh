# A page of the base that is damaged stops an export with an error that says so;
# what the file to be written held before is untouched, and nothing lies beside it.
exec 2>&1
awk 'BEGIN {
    print "metric x daily in USD; actor a"
    for (i = 0; i < 20000; i++) {
        printf "actual %d-%02d-%02d x = %d by a note \"n%d\"\n",
            1600 + int(i / 336), 1 + int(i / 28) % 12, 1 + i % 28, i, i
    }
}' >many.assay
assay run -q --facts whole.db many.assay
size=$(wc -c <whole.db)
try() # FROM COUNT: damages pages of 4096 bytes
{
    cp whole.db torn.db
    head -c $(($2 * 4096)) /dev/zero | tr '\0' '\377' |
        dd of=torn.db bs=4096 seek="$1" conv=notrunc status=none
    for file in out.assay out.csv out.db.csv; do
        form=
        [ $file = out.db.csv ] && form="--format sdmx"
        echo "what was here" >$file
        assay export --facts torn.db $form $file
        echo "[$?] $(cat $file)"
    done
    ls out.*
    rm out.*
    printf 'export "out.csv"\n' | assay run --facts torn.db -
    echo "[$?]"
    ls out.* 2>/dev/null
}
pages=$((size / 4096))
echo "--- the middle"
try $((pages / 2)) 20
echo "--- the end"
try $((pages - 3)) 3
echo "--- cut off"
head -c $((size / 2)) whole.db >torn.db
echo "what was here" >out.csv
assay export --facts torn.db out.csv
echo "[$?] $(cat out.csv)"
