# A file with another hash.
builtins.fetchurl { url = "file:///pwd/builtins/files/text.txt"; sha256 = "0000000000000000000000000000000000000000000000000000"; }
