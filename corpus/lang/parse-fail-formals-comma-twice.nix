# L26: two commas
{ a,, b }: a
