# A URL is a string, and x:x is one; with a space it is a function. (L12)
[ http://example.org/a?b=c%20d (builtins.typeOf x:x) (builtins.typeOf (x: x)) ftp:a (x:x + "y") ]
