# __overrides that depends on what it overrides. (E2, L19)
rec { a = 1; b = __overrides.a; __overrides = { a = b; }; }
