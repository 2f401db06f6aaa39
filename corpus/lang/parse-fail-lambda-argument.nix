# L25: a lambda is no argument
map x: x [ ]
