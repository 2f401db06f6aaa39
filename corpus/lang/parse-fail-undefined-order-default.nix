# defaults come before the body, in the order in which the names were first seen
x: [ x.b x.a ({ a ? unknown1, b ? unknown2 }: unknown3) ]
