# L27: a formal twice
{ a, b, a }: a
