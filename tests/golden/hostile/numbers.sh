# The ends of numbers.
try()
{
    echo "> $1"
    assay -e "$1" 2>&1 | grep -v '^ *|\|^ *-->\|^ *[0-9]* | \|^$'
}
digits=$(awk 'BEGIN { for (i = 0; i < 10000; i++) printf "7" }')
try '1e308 * 10'
try '1e309'
try '1e-309'
try '1e999999999999999999999'
try '2020 x = 1e308; x * 10; x * x; 0 * (x * x); x - x; 1 / x'
try '2020 x = 1e308T'
try '2020 x = 1e300; 2021 x = -1e300; show x, x - year_ago(x), x * x'
try '(0 - 8) ^ (1 / 3); (0 - 1) ^ 0.5; 0 ^ (0 - 1); 0 / 0; 2 ^ 1e300'
try '123456789012345678; 0.000000000000000000001; 1e22; 1e-5 to %'
try '2020 x = 1234567890123456789012345678901234567890; x'
try "2020 x = $digits" | cut -c 1-60
try "show 0.$digits" | cut -c 1-60
try '2020 x = 0 +- 1e308; x; x * x; 1 / x; x ^ 2'
try '2020 x in 5..1'
try '2020 x = about 0; x; 2021 x = nearly -5; 2021 x'
try '2020 x = up 1e300% from 2019; 2019 x = up 5% from 2020; x'
try '2020 x = 2020 x + 1; x'
try 'metric x flow yearly; metric y flow yearly; 2020 x = 155% * 2020 y
2020 y = 155% * 2020 x; x; y'
try '5 kg * 5 kg * 5 kg; (5 kg) ^ 1000000; (2 m) ^ 9 * (2 m) ^ 9'
try 'unit aa = 2 aa'
try 'unit aa = 0 kg'
try 'unit aa = -5 kg'
try 'metric x flow yearly; 2020 x = 1; show x for last 99999999999'
try 'metric x flow yearly; 2020 x = 1; show x top 18446744073709551617'
try 'metric x flow yearly; 2020 x = 1; show previous(x, 2147483648)'
try 'metric x flow yearly; 2020 x = 1; show previous(x, -2147483648)'
