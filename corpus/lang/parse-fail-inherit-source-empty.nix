# L24: an empty source
{ inherit () a; }
