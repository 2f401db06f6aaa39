# hashFile wants a string as its first argument.
builtins.hashFile 256 ./files/text.txt
