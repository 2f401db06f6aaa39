# Nor may the name of the operator ?.
{ a = 1; } ? ${"${./files/text.txt}"}
