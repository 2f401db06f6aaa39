# L26: a set pattern without a body
{ a }
