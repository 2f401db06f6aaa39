package world

// This file defines operations on paths as texts: cleaning, joining, conversion to those of the
// machine.

import "strings"

// InternalDir is the directory of the texts that are part of the program, if a world has them: see
// Texts. No other file is called like that.
const InternalDir = "/«nix-internal»/"

// Shown returns a path as messages show it: <nix/NAME> for what is in InternalDir, otherwise the
// path itself.
func Shown(p string) string {
	switch rest, ok := strings.CutPrefix(p+"/", InternalDir); {
	case !ok:
		return p
	case rest == "derivation-internal.nix/":
		return p[1:] // which the reference does not call <nix/…>
	default:
		return "<nix/" + strings.TrimSuffix(rest, "/") + ">"
	}
}

// Clean returns an absolute path without empty parts, "." and "..", where ".." at the root stays
// there. A path that does not begin with a slash is taken from the root. A path that is clean
// already is returned as it is.
func Clean(p string) string {
	if isClean(p) {
		return p
	}
	var out []string
	for part := range strings.SplitSeq(p, "/") {
		switch part {
		case "", ".":
		case "..":
			if len(out) > 0 {
				out = out[:len(out)-1]
			}
		default:
			out = append(out, part)
		}
	}
	return "/" + strings.Join(out, "/")
}

// isClean reports whether p is as Clean returns it.
func isClean(p string) bool {
	if p == "" || p[0] != '/' {
		return false
	}
	for i := 0; i < len(p); i++ {
		if p[i] != '/' {
			continue
		}
		rest := p[i+1:]
		if rest == "" {
			return i == 0
		}
		if rest[0] == '/' || rest[0] == '.' && (len(rest) == 1 || rest[1] == '/' ||
			rest[1] == '.' && (len(rest) == 2 || rest[2] == '/')) {
			return false
		}
	}
	return true
}

// Below reports whether path is dir or in it. Both are clean.
func Below(path, dir string) bool {
	return dir == "/" || strings.HasPrefix(path, dir) && (len(path) == len(dir) || path[len(dir)] == '/')
}

// Join returns the path of an entry of dir, which is clean.
func Join(dir, name string) string {
	if dir == "/" {
		return dir + name
	}
	return dir + "/" + name
}
