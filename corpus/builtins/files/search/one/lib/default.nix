"one lib"
