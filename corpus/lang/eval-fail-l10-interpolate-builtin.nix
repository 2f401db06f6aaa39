# ... nor builtins. (L10)
"${builtins.map}"
