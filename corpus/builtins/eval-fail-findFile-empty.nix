# An empty search path.
<nixpkgs>
