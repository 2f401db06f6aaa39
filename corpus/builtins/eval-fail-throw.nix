# The message is printed as it is.
throw "message with ${toString 1} line\nand another"
