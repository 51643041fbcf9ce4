# The base itself is no input and no place for records that are set aside;
# neither is a file that holds something else.
exec 2>&1
printf 'year,v\n2020,1\nx,2\n' >data.csv
assay --facts base -e 'metric x yearly'
for text in 'import "base" as x (period = year, value = v)' 'include "base"'; do
    assay --facts base -e "$text"
    echo "[$?]"
done
import='import "data.csv" as x (period = year, value = v)'
echo 'show x' >show.assay
for reject in base show.assay; do
    assay --facts base --reject "$reject" -e "$import"
    echo "[$?]"
done
cat show.assay
assay verify base
echo "--- behind undo a text only asks"
assay --facts base -e '2020 x = 1' -e 'undo; 2021 x = 2'
echo "[$?]"
assay --facts base -e 'show x'
echo "--- a fact that is stated and withdrawn in one text, among many"
{
    echo 'dimension c; metric y yearly by c'
    i=0
    while [ $i -lt 300 ]; do
        echo "member m$i of c; actual 2020 y[m$i] = $i on 2021-01-01"
        i=$((i + 1))
    done
    echo 'retract actual 2020 y[m7] because "a slip"'
    echo 'count(2020 y over c); 2020 y[m7]'
} >many.assay
assay run --facts base many.assay
assay --facts base -e 'count(2020 y over c); 2020 y[m7]'
assay verify base
