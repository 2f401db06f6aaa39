# The message of throw, alone. (E5)
throw "only this"
