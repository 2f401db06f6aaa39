# floor wants a number.
builtins.floor true
