# L23: empty let and nested let
let in let in let a = 1; in let a = a; b = a; in b
