# Bounds, ranges and what follows from them: language.md, sections 4 and 6.
---
metric x "X" flow yearly in USD
actual 2001 x >= 600B
actual 2002 x <= 700B
actual 2003 x in 640B..660B
actual 2004 x = over 600B
actual 2005 x = nearly 700B
actual 2006 x = 650B +- 5B
target 2001 x >= 600B
target 2002 x <= 700B
target 2003 x in 640B..660B
pledge 2001 x >= 1T
actual 2007 x = 1T
actual 2008 x = 999B
actual 2009 x = 644.5B
target 2010 x = 685B up 0.2% from 2022
forecast 2010 x = down 4.5% from 2022
forecast 2011 x = up 10% from 2009
target 2011 x = 155% * actual 2009 x
---

2001 x                  => >= 600B USD
2002 x                  => <= 700B USD
2003 x                  => 640B..660B USD
low(2001 x)             => 600B USD
high(2002 x)            => 700B USD
low(2003 x)             => 640B USD
high(2003 x)            => 660B USD

# Decided when all pairs of values agree, else unknown
(2001 x > 599B)         => true
(2001 x >= 600B)        => true
(2001 x > 600B)         => ? (only bounds are known of actual 2001 x)
(2001 x < 600B)         => false
(2001 x > 700B)         => ? (only bounds are known of actual 2001 x)
(2002 x <= 700B)        => true
(2002 x < 700B)         => ? (only bounds are known of actual 2002 x)
(2002 x > 700B)         => false
(2003 x < 670B)         => true
(2003 x < 650B)         => ? (only bounds are known of actual 2003 x)
(2003 x > 660B)         => false
(2003 x = 700B)         => false
(2003 x = 650B)         => ? (only bounds are known of actual 2003 x)
(2003 x != 700B)        => true
(2003 x in 600B..700B)  => true
(2003 x in 650B..700B)  => ? (only bounds are known of actual 2003 x)
(2003 x < 2007 x)       => true
(2001 x < 2002 x)       => ? (only bounds are known of actual 2001 x)
(possibly 2003 x > 655B) => true
(certainly 2003 x > 655B) => false
(certainly 2003 x > 630B) => true
(2003 x ~ 660B)         => true
(2003 x ~ 670B)         => false

# Arithmetic yields intervals
2003 x + 2003 x         => 1.280T..1.320T USD
2 * 2003 x              => 1.280T..1.320T USD
2003 x - 600B           => 40B..60B USD
2003 x / 2              => 320B..330B USD
-(2003 x)               => -660B..-640B USD
2001 x + 100B           => >= 700B USD
2001 x * 2              => >= 1.2T USD
-(2001 x)               => <= -600B USD
2002 x - 100B           => <= 600B USD

# A `>=` bound of an exact kind is also the value: reached or not
target 2001 x           => >= 600B USD
(2007 x >= pledge 2001 x) => true
(2008 x >= pledge 2001 x) => false
(target 2001 x = 600B)  => true
target 2001 x * 2       => 1.2T USD
(target 2003 x < 650B)  => ? (only bounds are known of target 2003 x)

# +- is a point with bounds
2006 x                  => 650B USD
(2006 x = 650B)         => true
(2006 x > 649B)         => true
(certainly 2006 x > 649B) => false
(certainly 2006 x > 644B) => true

# Implied: 685B / 1.0025..1.0015; then down 4.45..4.55%
low(actual 2022 x)      => 683.291B USD
high(actual 2022 x)     => 683.975B USD
low(forecast 2010 x)    => 652.201B USD
high(forecast 2010 x)   => 653.538B USD

# Derived: 644.45..644.55 times 1.095..1.105 (10% is within half a per cent)
low(forecast 2011 x)    => 705.67275B USD
high(forecast 2011 x)   => 712.22775B USD
# 155% is exact where a formula says it; 644.45..644.55 times 1.55
low(target 2011 x)      => 998.8975B USD
high(target 2011 x)     => 999.0525B USD
target 2011 x           => 999.0B USD
