# L17: no equals sign
{ a 1; }
