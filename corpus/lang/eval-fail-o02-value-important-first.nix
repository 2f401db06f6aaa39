# type and _type come before other names in a message. (O2)
[ ] ++ { b = 1; type = "t"; a = 2; _type = "u"; Z = 3; }
