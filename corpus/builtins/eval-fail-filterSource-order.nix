# The path is forced before the filter.
builtins.filterSource (throw "the filter") (throw "the path")
