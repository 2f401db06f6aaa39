# Conditions from the outside to the inside, then the body. (L53)
let t = x: y: builtins.trace x y; in assert t "first" true; assert t "second" true; t "body" (throw "end")
