# A constant in dollar-brace counts as a name, even in let. (L21, L20)
let ${"x"} = 1; "y" = 2; in [ x y { inherit ${"x"} "y"; } ]
