# The name is forced before the text.
builtins.toFile (throw "the name") (throw "the text")
