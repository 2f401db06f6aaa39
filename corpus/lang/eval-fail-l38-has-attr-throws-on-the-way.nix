# A value on the way is evaluated. (L38)
{ a = throw "on the way"; } ? a.b
