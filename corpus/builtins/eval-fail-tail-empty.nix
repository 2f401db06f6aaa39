# An empty list has no tail.
builtins.tail [ ]
