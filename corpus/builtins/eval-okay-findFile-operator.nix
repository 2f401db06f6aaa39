# What stands in angle brackets is looked up with the __findFile and __nixPath that are in scope.
let
  one = toString ./files/search/one;
  __nixPath = [ { prefix = "search"; path = one; } { prefix = ""; path = toString ./files/search/two; } ];
in
[
  <search/x.nix>
  <y.nix>
  (import <search/lib>)
  (
    let
      __findFile = path: name: { inherit name; n = builtins.length path; };
    in
    <any/thing>
  )
]
