# The largest integer goes through a double and out of range.
builtins.ceil 9223372036854775807
