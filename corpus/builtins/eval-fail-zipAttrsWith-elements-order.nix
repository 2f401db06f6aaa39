# All sets are forced before the function is called.
builtins.zipAttrsWith (n: vs: builtins.trace "called" vs) [ (builtins.trace "one" { a = 1; }) (throw "two") ]
