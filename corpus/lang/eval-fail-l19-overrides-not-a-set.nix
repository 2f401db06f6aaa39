# __overrides must be a set. (L19)
rec { a = 1; __overrides = [ ]; }
