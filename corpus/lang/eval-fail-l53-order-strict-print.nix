# Strict evaluation follows the order in which names were first read, lists that of the text. (L53, L60)
let t = x: builtins.trace x x; q9 = 1; in { z9 = t "z"; a9 = [ (t "a0") (t "a1") ]; q9 = t "q"; m9 = throw "end"; b9 = t "b"; }
