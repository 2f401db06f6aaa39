# null in a path. (L14)
./a${null}
