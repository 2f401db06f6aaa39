# intersectAttrs wants a set as its first argument.
builtins.intersectAttrs [ ] { }
