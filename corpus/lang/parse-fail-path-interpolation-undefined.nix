# L14: an unknown name in a path
./a/${b}/c
