# The trace goes through the inherited attribute. (L24)
{ inherit (throw "source") a; }
