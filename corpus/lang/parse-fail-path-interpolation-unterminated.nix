# L14: no closing brace
./a/${"b"
