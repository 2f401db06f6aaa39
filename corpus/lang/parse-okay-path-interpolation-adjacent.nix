# L14: several interpolations and literal dots after one
x: y: [ ./${x}${y} ./${x}/${y} ./a-${x}-${y}/c ./${x}/../b ./${x}.${y} ./${x + "/" + y} ]
