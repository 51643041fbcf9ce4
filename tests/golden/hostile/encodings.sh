# Texts that are no UTF-8, or no text: one error with its place, status 2.
try()
{
    echo "--- $1"
    assay run input
    echo "[$?]"
}
exec 2>&1
printf 'print "a"\n\355\240\200\n' >input; try "a lone surrogate"
printf 'print "\300\257"\n' >input; try "an overlong slash"
printf 'print "\364\220\200\200"\n' >input; try "beyond Unicode"
printf 'print "a"  # \342\202' >input; try "cut off inside a character"
printf '\377\376p\000r\000i\000n\000t\000' >input; try "UTF-16, little end first"
printf '\376\377\000p\000r\000i\000n\000t' >input; try "UTF-16, big end first"
printf 'p\000r\000i\000n\000t\000' >input; try "UTF-16 without a mark"
printf 'metric `a\000b` once\n' >input; try "NUL in a name"
printf 'print "a\000b"\n' >input; try "NUL in a text"
printf '# a\000b\n' >input; try "NUL in a comment"
printf '\177ELF\002\001\001\000\000\000' >input; try "a program"
printf '\357\273\277print "mark"\n' >input; try "a byte order mark"
printf '\357\273\277\357\273\277print "marks"\n' >input; try "two of them"
printf 'print "a"\r\nprint "b"\r\n' >input; try "CR LF"
printf 'print "a"\rprint "b"\r' >input; try "CR alone"
printf 'print "\\u{0}"\n' >input; try "an escape for NUL"
printf 'print "\\u{D800}\\u{110000}"\n' >input; try "escapes for no character"
printf '' >input; try "nothing"
