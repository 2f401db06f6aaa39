# L21: a dynamic name in let
a: let ${a} = 1; in a
