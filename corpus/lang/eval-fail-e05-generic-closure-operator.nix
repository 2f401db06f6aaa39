# An operator that fails. (E5)
builtins.genericClosure { startSet = [ { key = 1; name = "first"; } ]; operator = x: throw "operator ${x.name}"; }
