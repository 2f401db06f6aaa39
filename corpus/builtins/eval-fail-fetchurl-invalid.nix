# A text that is no URL.
builtins.fetchurl "not a url"
