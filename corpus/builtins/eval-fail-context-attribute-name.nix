# A dynamic attribute name may not have context.
{ ${"${./files/text.txt}"} = 1; }
