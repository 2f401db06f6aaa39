# A condition that throws. (L29)
assert throw "condition"; 1
