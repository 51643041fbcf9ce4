# Definitions, groups, parameters and files that lead back to themselves, or
# that unfold without end.
try()
{
    echo "--- $1"
    assay run input 2>&1 | tail -n 12 | cut -c 1-200
}
echo 'define f(x) = f(x); f(1)' >input; try "a definition of itself"
printf 'define f(x) = g_(x)\ndefine g_(x) = f(x)\nf(1)\n' >input; try "two of each other"
printf 'define a = b\ndefine b = a\na\n' >input; try "without parameters"
awk 'BEGIN {
    print "define f0(x) = x + 1"
    for (i = 1; i < 3000; i++) print "define f" i "(x) = f" i - 1 "(x) + 1"
    print "f2999(1)" }' >input
try "three thousand deep"
awk 'BEGIN {
    print "define f0(x) = x + 1"
    for (i = 1; i < 40; i++)
        print "define f" i "(x) = f" i - 1 "(x + 1) + f" i - 1 "(x + 2)"
    print "f39(1)" }' >input
try "two to the fortieth"
echo 'param p = $p; $p' >input; try "a parameter of itself"
printf 'param p = $q\nparam q = $p\n$p\n' >input; try "two parameters of each other"
printf 'param p = "{$p}"\nprint "{$p}"\n' >input; try "a parameter in its own text"
printf 'dimension d; member A of d = A\n' >input; try "a group of itself"
awk 'BEGIN {
    print "dimension d; member A0 of d; member B0 of d"
    for (i = 1; i < 60; i++) {
        print "member A" i " of d = A" i - 1 " + B" i - 1
        print "member B" i " of d = A" i - 1 " + B" i - 1
    }
    print "metric x flow yearly by d"
    print "2020 x[A0] = 1; 2020 x[B0] = 2; sum(x over d); x[A59]" }' >input
try "groups of groups, two to the sixtieth ways"
echo 'include "input"' >input; try "a file that includes itself"
echo 'include "./input"' >input; try "by another name"
echo 'include "b"' >input; echo 'include "input"' >b; try "by way of another"
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    printf 'include "f%d"\ninclude "f%d"\n' $((i + 1)) $((i + 1)) >f$i
done
: >f21
echo 'include "f1"' >input; assay run input 2>&1 | sed -n 1p
for path in nowhere . /dev/null '' ; do
    echo "include \"$path\"" >input; try "include $path"
done
