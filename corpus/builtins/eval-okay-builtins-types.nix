# The types of all builtins.
builtins.mapAttrs (n: v: builtins.typeOf v) (removeAttrs builtins [ "builtins" ])
