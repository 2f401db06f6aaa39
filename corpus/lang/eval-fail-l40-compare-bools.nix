# Booleans have no order. (L40)
true < false
