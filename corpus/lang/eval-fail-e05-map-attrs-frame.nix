# A function called by mapAttrs. (E5)
builtins.mapAttrs (name: value: value + name) { a = "x"; b = 1; }
