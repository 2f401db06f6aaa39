# A null name within a path leaves out the rest of it; in ? and a selection with or it is an error, so only sets show it. (L20)
{ a.${null}.b = throw "never"; c = { ${null} = 1; }; }
