# An empty message.
throw ""
