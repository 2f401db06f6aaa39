# catAttrs wants a list as its second argument.
builtins.catAttrs "a" { a = 1; }
