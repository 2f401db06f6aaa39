# L27: the @ name is a formal too
{ a, b }@a: a
