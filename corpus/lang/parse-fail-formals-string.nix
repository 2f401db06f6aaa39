# L26: a string is no formal
{ a, "b" }: a
