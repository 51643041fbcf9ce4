# The ends of the calendar, and frames that reach from one to the other.
try()
{
    echo "> $1"
    assay -e "$1" 2>&1 | grep -v '^ *|\|^ *-->\|^ *[0-9]* | \|^$'
}
try '0000 x = 1'
try '10000 x = 1'
try '0001 x = 2; year_ago(0001 x); previous(0001 x); 0001 x - year_ago(x)'
try 'metric x flow yearly; 0001 x = 1; 9999 x = 2
show x, year_ago(x), previous(x, 100000), previous(x, 0 - 1)'
try 'metric x flow yearly; 9999 x = 2; show year_ago(x) for 9999..9999
show previous(x, 0 - 5) for 9994..9999'
try 'metric x flow monthly; 0001-01 x = 1; 9999-12 x = 2
show x - year_ago(x), previous(x) top 3'
try 'metric x flow weekly; 0001-W01 x = 1; 9999-W52 x = 2; 2020-W53 x = 5
show x, year_ago(x), previous(x) top 4'
try 'metric x flow daily; 0001-01-01 x = 1; 9999-12-31 x = 2; 2020-02-29 x = 5
show x, year_ago(x), previous(x) top 4; sum(x)'
try 'metric x flow yearly; 2020 x = 1; show x for 9999..0001'
try 'metric x flow yearly; 2020 x = 1; show x for ..9999; show x for 0001..'
try 'metric x flow daily; 2020-01-01 x = 1
show x for 0001-01-01..9999-12-31; show x for last 1000000000'
try '2020-02-30 x = 1'
try '2021-02-29 x = 1'
try '2021-W53 x = 1'
try '2020-13 x = 1'
try '2020 x = 1 on 9999-12-31; x as of 9999-12-30; show x as of 9999-12-30'
try '2020 x = 1 on ..0001-01-01; show x as of 0001-01-01'
try 'calendar c starts 12-28 named by end; metric x flow yearly on c
FY0001 x = 1; FY9999 x = 2; show x, year_ago(x)'
try 'calendar c starts 2-30 named by end'
try 'calendar c starts 99-99 named by end'
