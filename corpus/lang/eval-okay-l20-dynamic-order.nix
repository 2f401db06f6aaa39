# Names of dynamic attributes are evaluated when the set is, in the order of the text; values are not. (L20, L52)
builtins.attrNames { ${"b" + ""} = throw "b"; ${"a" + ""} = throw "a"; c = throw "c"; }
