# L36: a lambda as default
a: a.b or x: x
