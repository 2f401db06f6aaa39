# An error in the argument is no false.
builtins.pathExists (throw "the path")
