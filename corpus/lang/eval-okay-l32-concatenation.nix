# ++: elements stay unevaluated; empty lists are nothing. (L32, L52)
[ ([ ] ++ [ ]) ([ 1 ] ++ [ ]) ([ ] ++ [ 2 ]) ([ 1 [ 2 ] ] ++ [ [ 3 ] 4 ]) (builtins.length ([ (throw "a") ] ++ [ (throw "b") ])) ]
