# |> applies the function on its right, <| the one on its left; they bind least. (L39)
let f = x: x + 1; g = x: x * 10; in [ (1 |> f |> g) (g <| f <| 1) (1 + 1 |> f) (f <| 1 + 1) ([ 1 2 ] |> map f |> builtins.length) (1 |> (x: x + 5) |> builtins.toString) ({ a = 1; } |> builtins.getAttr "a") ("a" |> (x: y: x + y) "b") ]
