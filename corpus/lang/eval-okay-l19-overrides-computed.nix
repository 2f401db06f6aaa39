# __overrides may be computed from the set itself. (L19)
rec { a = 1; b = a * 2; __overrides = { b = a + 100; }; c = b; }
