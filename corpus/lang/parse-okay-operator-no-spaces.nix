# L32: operators without spaces
a: b: [ (a+b) (a*b) (a++b) (a&&b) (a||b) (a<b) (a?b) (a==-b) (a!=!b) (1+2) (1*2) (1-2) (1<2) ]
