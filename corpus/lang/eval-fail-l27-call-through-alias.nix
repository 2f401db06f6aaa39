# A function keeps the name of its first definition. (L27)
let first = { a }: a; second = first; in { third = second { b = 1; }; }
