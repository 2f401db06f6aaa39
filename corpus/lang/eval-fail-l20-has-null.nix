# Nor in ?. (L20, L38)
{ a = 1; } ? ${null}
