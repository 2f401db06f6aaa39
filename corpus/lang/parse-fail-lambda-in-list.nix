# L25: a lambda is no list element
[ x: x ]
