# A function with formals takes a set. (L26)
({ a }: a) 1
