# intersectAttrs wants a set as its second argument.
builtins.intersectAttrs { } "b"
