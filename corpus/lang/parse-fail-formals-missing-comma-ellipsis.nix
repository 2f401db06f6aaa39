# L26: no comma before the ellipsis
{ a ... }: a
