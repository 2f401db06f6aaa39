# attributes are visited in the order in which their names were first seen
x: [ x.b x.a { a = unknown1; b = unknown2; } ]
