# any wants a list as its second argument.
builtins.any (x: true) "ab"
