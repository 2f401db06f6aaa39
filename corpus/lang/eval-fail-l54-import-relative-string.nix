# A relative string is no path. (L54)
import "./files/set.nix"
