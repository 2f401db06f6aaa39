# Attributes are compared in the order in which their names were first read: a difference hides what comes later. (L60, L41)
[ ({ first7 = 1; second7 = throw "later"; } == { second7 = 2; first7 = 2; }) ({ zz7 = 1; aa7 = throw "later"; } == { aa7 = throw "later"; zz7 = 2; }) ]
