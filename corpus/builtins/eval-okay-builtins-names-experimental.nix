# The names that experimental features add.
builtins.filter (n: builtins.elem n [ "fetchTree" "fetchClosure" "outputOf" "getFlake" "parseFlakeRef" "flakeRefToString" "exec" "importNative" ]) (builtins.attrNames builtins)
