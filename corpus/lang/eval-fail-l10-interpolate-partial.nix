# ... nor builtins that wait for more arguments. (L10)
"${builtins.map (x: x)}"
