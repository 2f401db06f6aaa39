# The condition of assert must be a Boolean. (L29)
assert 1; 2
