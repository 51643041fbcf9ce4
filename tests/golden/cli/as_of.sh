# The date of an answer that nobody chose is said when asked for.
text='actual 2001 cups = 5 on 2002-03-04; print "answer"'
assay -e "$text" -q
echo "---"
assay -v -q -e "$text" 2>&1
echo "---"
assay -v -q --as-of 2003 -e "$text" 2>&1
echo "---"
assay --format json -q -e "$text"
assay --format json -q --as-of 2003-Q1 -e "$text"
