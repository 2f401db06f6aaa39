# L14: an interpolated constant string is not folded
[ ./${"a"} ./a/${"b"}/c ./${"a" + "b"} ./${./a} ]
