# How deep calls are nested shows in the number of frames.
toString { __toString = builtins.toJSON; }
