# ... and of traces. (E5)
builtins.trace (builtins.fromJSON ''"\u001b[31mred\u001b[0m"'') (builtins.trace [ (builtins.fromJSON ''"\u001b[31mred"'') ] (throw "end"))
