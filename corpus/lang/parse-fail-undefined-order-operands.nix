# the left operand comes first
{ a = unknown1 + unknown2; }
