# L26: an unknown name in a default
{ a ? b, c }: a
