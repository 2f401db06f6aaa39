# L26: a name after name@
a@b: a
