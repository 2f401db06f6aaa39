# L26: a set pattern with a default and no body
{ a ? 1 }
