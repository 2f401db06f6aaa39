# A dynamic attribute with the name of an attribute that __overrides added. (L19, L20)
rec { a = 1; __overrides = { b = 2; }; ${"b"+""} = 3; }
