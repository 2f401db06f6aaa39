# elem forces elements until one is equal.
builtins.elem 2 [ 1 (throw "reached") 2 ]
