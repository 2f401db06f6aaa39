# zipAttrsWith wants a function as its first argument.
builtins.zipAttrsWith 1 [ ]
