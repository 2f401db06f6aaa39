# elem wants a list.
builtins.elem 1 { }
