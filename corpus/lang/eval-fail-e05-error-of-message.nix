# The value shown in a message is not evaluated for it, so it cannot fail. (E5)
{ a = throw "not evaluated"; b = [ (throw "nor this") ]; } 1
