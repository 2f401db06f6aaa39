# catAttrs wants a string as its first argument.
builtins.catAttrs 1 [ ]
