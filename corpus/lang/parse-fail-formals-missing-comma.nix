# L26: no comma between names
{ a b }: a
