# memory: a failed assertion about two large lists, which the message shows
let l = builtins.genList (i: "element ${toString i}") 3000000; in assert l ++ [ 1 ] == l ++ [ 2 ]; 1
