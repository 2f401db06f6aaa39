# zipAttrsWith wants a list as its second argument.
builtins.zipAttrsWith (n: vs: vs) { }
