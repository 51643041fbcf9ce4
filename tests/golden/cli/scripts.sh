# Several inputs: their order, the first that fails, quit, and a reader who
# leaves early.
echo 'print "a"' >a.assay
echo 'show (' >b.assay
echo 'print "c"' >c.assay
echo 'print "before"; quit; print "behind"' >q.assay
echo "--- order"
assay run a.assay -e 'print "first"' c.assay -e 'print "second"'
echo "--- the first that fails is the last"
assay run a.assay b.assay c.assay 2>/dev/null
echo "[$?]"
echo "--- quit"
assay run q.assay a.assay
echo "[$?]"
echo "--- standard input among files"
echo 'print "input"' | assay run a.assay - c.assay
echo "--- a script of its own"
printf '#!/usr/bin/env -S assay run\nprint "self"\n' >self
chmod +x self
./self
echo "--- a reader who leaves"
for i in 1 2 3 4 5 6 7 8 9 10; do cat a.assay; done >ten
for i in 1 2 3 4 5 6 7 8 9 10; do cat ten; done >hundred
for i in 1 2 3 4 5 6 7 8 9 10; do cat hundred; done >thousand
for i in 1 2 3 4 5 6 7 8 9 10; do cat thousand; done >many.assay
{ assay run many.assay thousand; echo "[$?]" >&2; } | head -n 1
echo "--- nothing at all"
assay -e ''
assay </dev/null
assay -e '# only a comment'
echo "[$?]"
