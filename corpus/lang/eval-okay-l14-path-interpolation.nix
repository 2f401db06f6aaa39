# Interpolated paths: text, numbers of segments, dots and slashes in what is interpolated. (L14)
let n = "b"; in [ ./${n} ./a/${n}/c ./a-${n}-c a/${n}/x /r/${n}${n} ./${"x/../y"} ./${"/abs"} ./${"a//b"} ~/${n} ./${"."} ./x${"/"} (builtins.typeOf ./${n}) ./${./q} ]
