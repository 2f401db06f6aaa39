# length wants a list.
builtins.length "abc"
