# L13: a path literal is relative to its file.
import ./no/../such-file.nix
