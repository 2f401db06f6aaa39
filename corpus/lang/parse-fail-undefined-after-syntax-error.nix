# syntax errors come before unknown names
[ unknown1 unknown2
