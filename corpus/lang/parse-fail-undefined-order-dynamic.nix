# dynamic attributes come after static ones
{ ${unknown1} = unknown2; a = unknown3; }
