# <x> calls __findFile with __nixPath and "x", whatever these are here. (L15)
let
  __findFile = path: name: [ path name ];
  __nixPath = "mine";
in
[ <a> <a/b.nix> <a-b> (let __nixPath = 2; in <c>) (let __findFile = _: n: n; in <d>) ]
