# ... or a warning. (L59, L12)
builtins.seq http://example.org (throw "end")
