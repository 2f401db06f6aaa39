# L30: with does not serve its own set
with { a = b; }; b
