# L26: two dots
{ a, .. }: a
