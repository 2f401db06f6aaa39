# The path of the frame shows the names that a dynamic path came to. (L36)
let s.${"x" + "y"}."a b" = throw "deep"; n = "a b"; in s.${"x" + "y"}.${n}
