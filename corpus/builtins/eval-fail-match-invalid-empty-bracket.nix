# A bracket that closes at once takes the bracket as a character and goes on.
builtins.match "[]" "a"
