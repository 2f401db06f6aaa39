# ... nor an undefined variable. (L36)
{ a = with { }; nosuch.a or 1; }
