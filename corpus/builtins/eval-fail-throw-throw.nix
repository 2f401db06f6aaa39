# An error in the message.
throw (throw "inner")
