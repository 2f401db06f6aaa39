# L6: a quote too many
{ a = "b"c"; }
