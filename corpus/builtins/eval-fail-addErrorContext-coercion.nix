# The text is coerced like an interpolation, but paths are not copied.
builtins.addErrorContext { __toString = self: "from __toString"; } (builtins.addErrorContext ./files (throw "error"))
