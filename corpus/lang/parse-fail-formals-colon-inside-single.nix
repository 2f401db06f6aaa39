# L26: a single name before the colon
{ a : a }
