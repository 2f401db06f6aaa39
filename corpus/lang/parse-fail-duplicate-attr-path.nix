# L56: the message shows the whole path
{ a.b.c = 1; a.b.c = 2; }
