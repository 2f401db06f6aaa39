# seq evaluates its first argument on the outside only. (E5, L53)
builtins.seq { a = throw "inside"; } (builtins.seq (throw "first") (throw "second"))
