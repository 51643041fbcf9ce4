# Two processes that write at once: every fact lands under its own names.
write()
{
    for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
        assay -q --facts "$FACTS" \
            -e "actual 2001 m_$1_$i = $1.$i EUR by a_$1_$i" || echo "failed"
    done
}
write 1 &
write 2 &
wait
assay -q --facts "$FACTS" --format csv -e 'list metrics' >metrics.csv
grep -c ',1$' metrics.csv
for i in 1 2; do
    assay -q --facts "$FACTS" -e "compare 2001 m_${i}_7"
done
