# L29: no body
{ a = with { }; }
