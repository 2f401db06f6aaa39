# L20: an unknown name in a dynamic name
{ a = 1; ${a} = 2; }
