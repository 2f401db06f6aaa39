# A path plus an integer. (L16)
./a + 1
