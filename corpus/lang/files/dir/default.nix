{ dir = "files/dir"; here = __curPos.file; sibling = ./other.nix; }
