# //: the right side wins, shallowly, and values stay unevaluated. (L32, L52)
[ ({ a.b = 1; } // { a.c = 2; }) ({ } // { }) ({ a = throw "never"; } // { a = 1; }) (builtins.attrNames ({ b = throw "b"; } // { a = throw "a"; })) ({ a = 1; } // { b = 2; } // { a = 3; c = 4; }) (rec { a = 1; b = a; } // { a = 2; }) ]
