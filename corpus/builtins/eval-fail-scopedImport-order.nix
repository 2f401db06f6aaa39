# The path is forced before the scope.
scopedImport (throw "the scope") (throw "the path")
