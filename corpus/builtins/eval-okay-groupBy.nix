# groupBy collects elements under the name that the function gives, in order and unforced.
[
  (builtins.groupBy (x: if x > 2 then "big" else "small") [ 1 5 2 7 ])
  (builtins.groupBy (x: x) [ ])
  (builtins.groupBy (x: x) [ "b" "a" "b" ])
  (builtins.attrNames (builtins.groupBy (x: "all") [ (throw "a") (throw "b") ]))
  (builtins.groupBy (builtins.substring 0 1) [ "foo" "bar" "baz" ])
  (builtins.groupBy (x: "") [ 1 ])
  (builtins.groupBy (x: "a"))
]
