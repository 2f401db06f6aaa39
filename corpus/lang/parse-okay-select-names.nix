# L36: quoting of selected names
a: [ a."if" a.or a."a b" a."" a."1" a.a' a.a-b a."é" a.true a."\${x}" (a.or or 1) ]
