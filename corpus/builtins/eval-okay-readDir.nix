# readDir gives the types of the entries, hidden ones too.
[
  (builtins.readDir ./files/tree)
  (builtins.readDir ./files/tree/sub)
  (builtins.readDir "${toString ./files/tree}/")
  (builtins.readDir ./files/tree/sub/deep)
  (builtins.attrNames (builtins.readDir ./files/search))
]
