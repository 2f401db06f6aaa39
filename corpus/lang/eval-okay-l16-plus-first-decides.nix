# The first operand decides what + means. (L16, L32)
[ ("a" + "b") ("a" + { outPath = "b"; }) ({ outPath = "a"; } + "b") ({ __toString = _: "a"; } + { outPath = "b"; }) (builtins.typeOf ({ outPath = ./a; } + "/b")) ]
