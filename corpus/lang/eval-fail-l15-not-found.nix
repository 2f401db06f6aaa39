# A name that the search path does not have. (L15)
{ x = <no-such-entry/file.nix>; }
