# The smallest integer times -1. (L3)
(-9223372036854775807 - 1) * -1
