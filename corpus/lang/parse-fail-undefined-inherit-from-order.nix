# L24: sources are visited before the attributes
{ a = unknown1; inherit (unknown2) b; }
