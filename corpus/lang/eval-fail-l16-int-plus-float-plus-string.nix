# After an integer and a float, the sum is a float. (L16)
1 + 1.5 + "a"
