# Bytes that are no UTF-8.
builtins.fromJSON "\"${builtins.readFile ./files/bytes.bin}\""
