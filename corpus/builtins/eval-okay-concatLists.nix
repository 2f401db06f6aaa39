# concatLists joins the lists and leaves the elements alone.
[
  (builtins.concatLists [ ])
  (builtins.concatLists [ [ ] [ ] ])
  (builtins.concatLists [ [ 1 ] [ 2 [ 3 ] ] [ ] [ 4 ] ])
  (builtins.length (builtins.concatLists [ [ (throw "a") ] [ (throw "b") ] ]))
]
