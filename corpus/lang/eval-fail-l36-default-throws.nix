# The default has no frame of the selection. (L36, E5)
{ a = { }.b or (throw "default"); }
