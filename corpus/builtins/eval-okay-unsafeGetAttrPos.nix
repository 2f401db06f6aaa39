# unsafeGetAttrPos tells where an attribute was defined; attributes that builtins make have the position of their source or none.
let
  set = {
    first = 1;
      second = 2;
    nested.path = 3;
    "quoted" = 4;
    ${"dyn" + "amic"} = 5;
    inherit (builtins) add;
    inherit set;
  };
  pos = builtins.unsafeGetAttrPos;
in
{
  first = pos "first" set;
  second = pos "second" set;
  nested = pos "nested" set;
  path = pos "path" set.nested;
  quoted = pos "quoted" set;
  dynamic = pos "dynamic" set;
  inheritFrom = pos "add" set;
  inherited = pos "set" set;
  missing = pos "missing" set;
  updated = pos "first" (set // { other = 1; });
  overwritten = pos "first" (set // { first = 2; });
  mapped = pos "first" (builtins.mapAttrs (n: v: v) set);
  removed = pos "first" (removeAttrs set [ "second" ]);
  intersected = pos "first" (builtins.intersectAttrs { first = null; } set);
  listed = pos "x" (
    builtins.listToAttrs [
      {
        name = "x";
        value = 1;
      }
    ]
  );
  zipped = pos "first" (builtins.zipAttrsWith (n: vs: vs) [ set ]);
  grouped = pos "a" (builtins.groupBy (x: "a") [ 1 ]);
  json = pos "a" (builtins.fromJSON ''{"a": 1}'');
  formals = pos "b" (builtins.functionArgs ({ a, b ? 1 }: a));
  builtin = pos "add" builtins;
  imported = pos "value" (import ./files/import/value.nix);
  derivation = pos "name" (derivation { name = "n"; builder = "b"; system = "s"; });
  laziness = pos "lazy" { lazy = throw "not reached"; };
  partial = pos "first";
}
