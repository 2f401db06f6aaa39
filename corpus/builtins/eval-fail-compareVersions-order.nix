# The first version is forced first.
builtins.compareVersions (throw "first") (throw "second")
