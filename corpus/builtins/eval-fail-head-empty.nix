# An empty list has no head.
builtins.head [ ]
