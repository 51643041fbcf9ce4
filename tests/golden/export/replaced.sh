# What an export puts in the place of a file is like it: behind links, with its
# permissions and its owner.
exec 2>&1
figures='metric x yearly in USD; actual 2020 x = 5'
assay -q --facts one.db -e "$figures"
write() { assay export -q --facts one.db "$@"; }
kind() { [ -L "$1" ] && echo "$1: a link" || echo "$1: a file"; }
mkdir folder
ln -s folder/first first.csv
ln -s second folder/first
ln -s "$PWD/folder/absolute.csv" absolute.csv
ln -s nowhere/file.csv nowhere.csv
ln -s circle.csv other.csv
ln -s other.csv circle.csv
ln -s one.db-wal journal.csv
for file in first.csv absolute.csv; do
    write $file # nothing is there yet
    kind $file
    write $file
done
kind folder/first
cat folder/second
cmp folder/second folder/absolute.csv
for file in nowhere.csv circle.csv journal.csv; do
    write $file
    echo "[$?]"
done
echo "--- pending"
assay -q -e "$figures" -e 'export "late.csv"; import "late.csv"'
ln -s later.csv late.csv
assay -q -e "$figures; export \"late.csv\"; import \"late.csv\""
echo "[$?]"
echo "--- permissions and owner"
for mode in 640 600 666 6755; do
    echo old >kept.csv
    [ "$(id -u)" != 0 ] || chown 12:34 kept.csv
    chmod $mode kept.csv
    owner=$(ls -ln kept.csv | awk '{ print $1, $3, $4 }')
    write kept.csv
    [ "$(ls -ln kept.csv | awk '{ print $1, $3, $4 }')" = "$owner" ] &&
        echo "$mode: as before"
    rm kept.csv
done
(umask 027; write new.csv; ls -l new.csv | cut -c 1-10)
echo "--- many at once"
{
    echo "$figures"
    awk 'BEGIN { for (i = 0; i < 1200; i++) printf "export \"many%04d.csv\"\n", i }'
} >many.assay
(ulimit -n 200; assay run -q many.assay)
echo "[$?]"
ls many*.csv | wc -l
for file in many*.csv; do cmp new.csv $file || break; done
ls | grep -c 'csv\.'
{
    cat many.assay
    echo 'export "no/such.csv"'
} >fail.assay
rm many*.csv
assay run -q fail.assay | head -n 1
ls | grep -c '^many.*csv'
