# abort has words before the message.
abort "the message"
