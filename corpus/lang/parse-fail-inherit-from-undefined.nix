# L24: an unknown source
{ a = 1; inherit (a) b; }
