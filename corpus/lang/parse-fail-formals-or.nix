# L37: `or` is no formal
{ a, or }: a
