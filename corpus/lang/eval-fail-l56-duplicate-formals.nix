# ... in formals. (L56)
{ a, b, a }: a
