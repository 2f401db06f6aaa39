# Condition, then one branch. (L53)
let t = x: y: builtins.trace x y; in if t "condition" false then t "then" 1 else t "else" (throw "end")
