# L26: two names and no body
[ { a, b } ]
