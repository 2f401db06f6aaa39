# L56: a parenthesised or updated set does not merge
{ a.b = 1; a = { c = 2; } // { }; }
