# A dynamic name must be a string (or null). (L20)
{ ${1} = 2; }
