# An empty message. (E5)
throw ""
