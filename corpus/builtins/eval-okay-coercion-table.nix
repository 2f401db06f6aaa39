# Which values each way of coercion accepts: interpolation, toString, a path argument, an element of concatStringsSep, an attribute of a derivation.
let
  values = {
    string = "s";
    path = ./files/text.txt;
    outPath = { outPath = "/o"; };
    toString = { __toString = self: "/t"; };
  };
  ways = {
    interpolation = x: "${x}";
    indented = x: ''${x}'';
    plus = x: "" + x;
    toString = toString;
    concatStringsSep = x: builtins.concatStringsSep "" [ x ];
    baseNameOf = baseNameOf;
    substring = builtins.substring 0 100;
    discard = builtins.unsafeDiscardStringContext;
    list = x: toString [ x ];
    attribute = x: (derivationStrict { name = "n"; builder = "/b"; system = "s"; inherit x; }).drvPath;
  };
in
builtins.mapAttrs (w: f: builtins.mapAttrs (v: f) values) ways
