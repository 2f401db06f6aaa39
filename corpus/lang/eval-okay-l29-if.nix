# if takes one branch, and evaluates only that; else binds to the nearest if. (L29)
[ (if true then 1 else throw "else") (if false then throw "then" else 2) (if 1 < 2 then "a" else "b") (if false then 1 else if true then 2 else 3) ((if true then x: x else y: y + 1) 5) (if true then 1 else 2 + 3) ]
