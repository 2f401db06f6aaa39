# ... and what comes earlier is evaluated. (L60, L41)
[ ({ zz6 = throw "earlier"; aa6 = 1; } == { aa6 = 2; zz6 = 1; }) ]
