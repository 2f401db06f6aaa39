# Tokens need no space between. (L51)
let a=1;f=x: x;in[1"2"3 0a{b=1;}[]a"x"(f 1)1.5a.5./x/y"z"]++[a]
