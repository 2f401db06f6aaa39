# What is never asked for is never evaluated. (L52)
let never = throw "never"; f = x: 1; in [
  (f never) (let x = never; in 1) { a = 1; }.a (builtins.length [ never never ]) (builtins.attrNames { a = never; })
  (builtins.isAttrs { a = never; }) ((x: y: x) 1 never) (builtins.head [ 1 never ]) (builtins.elemAt [ never 2 ] 1) (if true then 1 else never) (with never; 1) ({ a ? never }: 1) { }
  (rec { a = never; b = 2; }.b) ({ a = never; } // { a = 3; }).a (map never [ ]) (builtins.length (builtins.tail [ never 1 ])) (builtins.length (map (x: never) [ 1 ]))
  (builtins.attrNames (builtins.mapAttrs never { q = 1; })) (builtins.seq [ never ] 4) (let s = { inherit (never) a; }; in builtins.attrNames s) (builtins.length (builtins.genList (x: never) 3)) (builtins.isFunction (x: never)) (builtins.functionArgs ({ a ? never }: a))
]
