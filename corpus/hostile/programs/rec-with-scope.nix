# cycle: the set of a with is the name found in it
with (with { }; x: x) (rec { s = with s; s; }); s
