# groupBy wants a function as its first argument.
builtins.groupBy "f" [ ]
