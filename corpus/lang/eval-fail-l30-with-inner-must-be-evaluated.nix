# To find a name in an outer with, the inner one is evaluated. (L30)
with { a = 1; }; with throw "inner"; a
