# The index in the message is the one given.
builtins.elemAt [ ] 9223372036854775807
