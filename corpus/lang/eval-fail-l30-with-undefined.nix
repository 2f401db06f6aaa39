# The name is in none of the sets. (L30)
with { a = 1; }; with { b = 2; }; { x = aa; }
