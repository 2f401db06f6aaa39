# fetchurl wants a set or a URL.
builtins.fetchurl [ ]
