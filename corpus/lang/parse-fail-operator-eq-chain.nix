# L32: == does not chain
1 == 1 == true
