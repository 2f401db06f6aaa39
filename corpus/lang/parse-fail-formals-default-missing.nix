# L26: no default after ?
{ a ? }: a
