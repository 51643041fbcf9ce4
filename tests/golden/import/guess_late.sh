# Columns that the language has a word for may be filled where a guess does not
# look; of others it says that they are left out.
exec 2>&1
awk 'BEGIN {
    print "kind,period,metric,value,unit,actor,on,source,note,condition,url,retracted,colour"
    for (i = 0; i < 1500; i++)
        printf "actual,%d,x,%d,USD,%s\n", 1000 + i, i, i == 1400 ? \
            "me,2020-01-02,book,hello,if so,u,\"because \"\"a slip\"\"\",red" : \
            ",,,,,,,"
}' >late.csv
assay import late.csv
assay import -q --facts late.db late.csv >/dev/null
assay export --facts late.db - | grep '2400 x'
printf '%s\n' 'period,value,retracted' '2020,5,no' '2021,6,yes' >other.csv
assay import other.csv
