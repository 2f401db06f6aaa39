# L26: = for ? after a comma
{ a, b = 1 }: a
