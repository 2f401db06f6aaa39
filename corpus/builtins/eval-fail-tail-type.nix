# tail wants a list.
builtins.tail { }
