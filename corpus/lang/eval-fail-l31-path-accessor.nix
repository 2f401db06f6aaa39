# ... paths in different file systems. (L31, L15)
assert <nix/fetchurl.nix> == /fetchurl.nix; 1
