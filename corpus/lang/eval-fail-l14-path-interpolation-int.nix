# An integer in a path. (L14)
./a/${1}/b
