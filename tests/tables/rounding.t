# What was said around a number is kept: language.md, section 2, "Rounding".
---
unit widget
metric a "A" flow yearly in USD
metric n "N" flow yearly
metric r "R" rate yearly in %
actual 2001 a = 644.5B
actual 2002 a = 685B
actual 2003 a = 685.0B
actual 2004 a = exactly 685B
actual 2005 a = about 1T
actual 2006 a = about 640B
actual 2007 a = 650B +- 5B
actual 2008 a = 1_000_000
actual 2009 a = 1e9
actual 2010 a = 31.40 billion
actual 2011 a = over 600B
actual 2012 a = nearly 700B
target 2001 a = 644.5B
target 2002 a = 700B
forecast 2001 a = 644.5B
estimate 2001 a = 644.5B
pledge 2001 a = 1T
pledge 2002 a = about 1T
actual 2001 r = 4.5%
actual 2002 r = 4.5
actual 2001 n = 12
actual 2002 n = 12.50
actual 2003 n = -3.2
actual 2004 n = 0
---

# Half a unit of the last written digit, closed at both ends
low(2001 a)             => 644.45B USD
high(2001 a)            => 644.55B USD
low(2002 a)             => 684.5B USD
high(2002 a)            => 685.5B USD
low(2003 a)             => 684.95B USD
high(2003 a)            => 685.05B USD
low(2001 n)             => 11.5
high(2001 n)            => 12.5
low(2002 n)             => 12.495
high(2002 n)            => 12.505
low(2003 n)             => -3.25
high(2003 n)            => -3.15
low(2004 n)             => -0.5
high(2004 n)            => 0.5
low(2001 r)             => 4.45%
high(2001 r)            => 4.55%
low(2002 r)             => 4.45%
high(2002 r)            => 4.55%
(low(2008 a) = 999999.5) => true
(high(2008 a) = 1000000.5) => true
low(2009 a)             => 500M USD
high(2009 a)            => 1.5B USD
low(2010 a)             => 31.395B USD
high(2010 a)            => 31.405B USD

# What was said around it
low(2004 a)             => 685B USD
high(2004 a)            => 685B USD
low(2005 a)             => 500B USD
high(2005 a)            => 1.5T USD
low(2006 a)             => 590B USD
high(2006 a)            => 690B USD
low(2007 a)             => 645B USD
high(2007 a)            => 655B USD
low(2011 a)             => 600B USD
high(2012 a)            => 700B USD

# Targets and pledges are exact, forecasts and estimates rounded
low(target 2001 a)      => 644.5B USD
high(target 2001 a)     => 644.5B USD
low(pledge 2001 a)      => 1T USD
high(pledge 2001 a)     => 1T USD
low(forecast 2001 a)    => 644.45B USD
high(forecast 2001 a)   => 644.55B USD
low(estimate 2001 a)    => 644.45B USD
high(estimate 2001 a)   => 644.55B USD
low(pledge 2002 a)      => 500B USD
high(pledge 2002 a)     => 1.5T USD

# A stated figure prints as it was written
2001 a                  => 644.5B USD
2002 a                  => 685B USD
2003 a                  => 685.0B USD
2010 a                  => 31.40B USD
2002 n                  => 12.50
2003 n                  => -3.2
2004 n                  => 0
2001 r                  => 4.5%
2002 r                  => 4.5%

# A computed one with the digits its interval supports
2001 a + 2002 a         => 1.330T USD
2001 a - 2003 a         => -40.5B USD
2 * target 2001 a       => 1.289T USD
2003 a / 2002 a         => 1.000
2001 a + target 2001 a  => 1.2890T USD

# Printing never feeds back: the whole double counts
(2003 a / 2002 a = 1)   => true
(2001 a + 2002 a = 1329.5B) => true
(2001 a - 2003 a = -40.5B) => true

# The points decide a plain comparison, the intervals `~` and the words
(2001 a < 2002 a)       => true
(2002 a = 2003 a)       => true
(2002 a = 2004 a)       => true
(2002 a ~ 685.4B)       => true
(2002 a ~ 685.6B)       => false
(certainly 2002 a > 683B) => true
(certainly 2002 a > 684B) => false
(certainly 2002 a >= 684B) => true
(certainly 2002 a > 685B) => false
(possibly 2002 a > 685B)  => true
(possibly 2002 a > 686B)  => false
(certainly target 2002 a = 700B) => false
(possibly target 2002 a = 700B) => true
(certainly target 2002 a > 699B) => true
(2001 a ~ forecast 2001 a) => true
(2006 a ~ 2002 a)       => true
(2001 n ~ 2002 n)       => true

# A bound has an interval and no point
2011 a                  => >= 600B USD
2012 a                  => <= 700B USD
(2011 a > 500B)         => true
(2011 a > 650B)         => ? (only bounds are known of actual 2011 a)
(2011 a < 500B)         => false
(2012 a <= 700B)        => true
(2012 a > 800B)         => false
