# An operand that throws. (L31)
assert 1 == throw "operand"; 1
