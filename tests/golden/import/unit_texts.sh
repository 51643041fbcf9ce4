# What a code stands for may be a text: units are written with signs and blanks.
printf 'y,v,u\n2020,5,pct\n2021,6,kUSD\n' >u.csv
try() {
    printf '%s\n' 'metric x flow yearly in B USD' 'metric r rate yearly in %' \
        "import \"u.csv\" as $1 (period = y, value = v, unit = u {$2})" \
        "show $1" >u.assay
    assay run -q u.assay
    assay fmt - <u.assay | grep import
}
try r 'pct: "%", kUSD: skip'
try x 'kUSD: "K USD", pct: "skip"'
try x 'kUSD: USD, else: "no such"'
