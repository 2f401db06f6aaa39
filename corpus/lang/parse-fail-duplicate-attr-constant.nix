# L56: a constant in ${ } counts
{ "a b" = 1; ${"a b"} = 2; }
