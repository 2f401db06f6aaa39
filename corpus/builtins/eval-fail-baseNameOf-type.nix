# baseNameOf wants a string.
baseNameOf 1
