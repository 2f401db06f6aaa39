# L51: a letter that is not ASCII
{ größe = 1; }
