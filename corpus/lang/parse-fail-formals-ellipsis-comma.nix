# L26: no comma after the ellipsis
{ a, ..., }: a
