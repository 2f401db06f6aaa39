# ? binds before !, so this asks for an attribute of a Boolean ... (L38, L32)
if !{ a = 1; } ? a then 1 else ({ a = 1; } ? a) + 1
