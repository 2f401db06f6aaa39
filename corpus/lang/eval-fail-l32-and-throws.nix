# The frame of &&. (L32)
{ a = true && (throw "right"); }
