# What a statement could not declare, a file cannot either; codes of members may
# hold anything.
head='kind,period,metric,country,value,actor'
try()
{
    printf '%s\n%b\n' "$head" "$1" >facts.csv
    printf '%s\n' "$1"
    assay --diagnostics short -e 'dimension country; member KR of country
member " " of country
member "a\u{301}" of country
metric exports flow yearly in USD by country
import "facts.csv"
history exports[*]' 2>&1
    echo "[$?]"
}
try 'actual,2023,exports,KR,5,`moef`'
try 'actual,2023,exports,KR,5,"a\nb"'
try 'actual,2023,exports,KR,5,if'
try 'actual,2023,then,KR,5,moef'
try 'actual,2023,exports, ,5,moef'
try 'actual,2023,exports,a\0314\0201,5,moef'
# A header in backquotes is a dimension, whatever the word means else.
printf 'period,`value`,metric,value\n2023,5,exports,7\n' >facts.csv
assay -e 'dimension `value`; member 5 of `value`
metric exports flow yearly by `value`
import "facts.csv"; history exports[*]'
