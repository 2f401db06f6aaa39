# ... but the start cannot be negative. (L46)
builtins.substring (-1) 1 "abc"
