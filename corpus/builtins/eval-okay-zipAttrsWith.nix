# zipAttrsWith gives f each name and the list of its values, lazily.
[
  (builtins.zipAttrsWith (name: values: values) [ { a = 1; } { b = 2; } { a = 3; } ])
  (builtins.zipAttrsWith (name: values: { inherit name; n = builtins.length values; }) [
    { a = throw "not reached"; b = 1; }
    { a = throw "not reached"; }
  ])
  (builtins.zipAttrsWith (name: values: throw "not reached") [ ])
  (builtins.zipAttrsWith (name: values: throw "not reached") [ { } { } ])
  (builtins.attrNames (builtins.zipAttrsWith (name: values: throw "not reached") [ { b = 1; a = 1; } { c = 1; } ]))
  (builtins.zipAttrsWith (n: v: v))
]
