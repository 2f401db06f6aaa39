# unsafeGetAttrPos: where the name of the attribute stands. (L48)
let
  pos = n: s: let p = builtins.unsafeGetAttrPos n s; in if p == null then null else "${baseNameOf p.file}:${toString p.line}:${toString p.column}";
  n = "dyn";
  outer = 1;
  s = {
    plain = 1;
    nested.path.deep = 2;
    nested.other = 3;
    ${n} = 4;
    "quoted" = 5;
    "${"inter" + n}" = 6;
    inherit outer;
    inherit (q) from; inherit (q) "quoted from";
    merged = { a = 1; };
    merged.b = 2;
  };
  q = { from = 7; "quoted from" = 8; };
in
{
  plain = pos "plain" s;
  nested = pos "nested" s;
  path = pos "path" s.nested;
  deep = pos "deep" s.nested.path;
  other = pos "other" s.nested;
  dyn = pos "dyn" s;
  quoted = pos "quoted" s;
  inter = pos "interdyn" s;
  outer = pos "outer" s;
  from = pos "from" s;
  quotedFrom = pos "quoted from" s;
  merged = pos "merged" s;
  mergedA = pos "a" s.merged;
  mergedB = pos "b" s.merged;
  missing = pos "missing" s;
  updateLeft = pos "plain" (s // { other = 1; });
  updateRight = pos "plain" (s // { plain = 1; });
  mapAttrs = pos "plain" (builtins.mapAttrs (n: v: v) s);
  removeAttrs = pos "plain" (removeAttrs s [ "dyn" ]);
  intersectAttrs = pos "plain" (builtins.intersectAttrs { plain = 1; } s);
  listToAttrs = pos "x" (builtins.listToAttrs [ { name = "x"; value = 1; } ]);
  functionArgs = pos "b" (builtins.functionArgs ({ a, b ? 1 }: a));
  argument = ({ plain, ... }@args: pos "plain" args) s;
  recursive = pos "r" rec { r = 1; };
  overridden = pos "o" rec { o = 1; __overrides.o = 2; };
  zip = pos "plain" (builtins.zipAttrsWith (n: v: v) [ s ]);
  group = pos "k" (builtins.groupBy (x: "k") [ 1 ]);
  fromJSON = pos "j" (builtins.fromJSON ''{"j":1}'');
  derivation = pos "name" (derivation { name = "d"; system = "s"; builder = "b"; });
  builtin = pos "map" builtins;
  whole = builtins.unsafeGetAttrPos "plain" s;
}
