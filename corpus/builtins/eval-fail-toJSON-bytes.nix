# Bytes that are no UTF-8 cannot be written.
builtins.toJSON (builtins.readFile ./files/bytes.bin)
