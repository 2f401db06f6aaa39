# L12: a URL where a name and a colon were meant
{ a, b:c }: a
