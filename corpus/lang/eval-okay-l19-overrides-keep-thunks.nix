# The overridden expression is never evaluated. (L19, L52)
rec { a = throw "overridden"; b = a; __overrides.a = 1; }
