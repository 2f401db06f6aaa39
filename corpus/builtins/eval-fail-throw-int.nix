# An integer is no message.
throw 1
