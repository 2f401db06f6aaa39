# L13: a double slash inside a path
./a//b
