# L26: no comma after a default: a call
{ a ? 1 b }: a
