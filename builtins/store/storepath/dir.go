package storepath

// This file defines Dir: store paths in and from text.

import (
	"path"
	"strings"
)

// A Dir is a store directory: an absolute, clean path with slashes, on every system.
type Dir string

// DefaultDir is the store directory of nearly every Nix.
const DefaultDir Dir = "/nix/store"

// Text returns the store path with its directory.
func (d Dir) Text(p Path) string { return string(d) + "/" + string(p) }

// Parse reads the text of a store path. Nothing may follow the store path, save slashes.
func (d Dir) Parse(text string) (Path, error) {
	text = shown(text)
	if base, ok := d.base(text); ok && base != "" && base != "." && base != ".." && strings.IndexByte(base, '/') < 0 {
		return ParseBase(base)
	}
	if !strings.HasPrefix(text, "/") {
		return "", errorf("not an absolute path: %s", quotePath(text))
	}
	clean := path.Clean(text)
	if path.Dir(clean) != string(d) {
		return "", errorf("path %s is not in the Nix store", quotePath(clean))
	}
	return ParseBase(path.Base(clean))
}

// maxShown is how long a text may be that could be, or should be, a store path.
const maxShown = 1 << 16

// shown returns a text as messages show it: its beginning, if it is very long.
func shown(text string) string {
	if len(text) <= maxShown {
		return text
	}
	return text[:maxShown] + "…"
}

// base returns what follows the store directory and a slash.
func (d Dir) base(text string) (string, bool) {
	if len(text) > len(d) && text[len(d)] == '/' && text[:len(d)] == string(d) {
		return text[len(d)+1:], true
	}
	return "", false
}

// quotePath prints a path as C++ Nix does where a message holds a path and not a string.
func quotePath(p string) string { return `"` + p + `"` }

// Contains reports whether text lies below the store directory, whether or not it is a store path.
func (d Dir) Contains(text string) bool {
	rest, ok := d.base(text)
	if !ok {
		return false
	}
	// "." stands for the store directory itself; nothing else is cleaned, so a/.. counts as below it.
	rest = strings.TrimLeft(rest, "/")
	first, _, _ := strings.Cut(rest, "/")
	return first != "" && first != "." && first != ".."
}

// Split separates a path in the store into the store path and what is below it: "" or "/sub/dir".
func (d Dir) Split(text string) (p Path, rest string, err error) {
	if !d.Contains(text) {
		return "", "", errorf("path '%s' is not in the Nix store", text)
	}
	end := len(text)
	if i := strings.IndexByte(text[len(d)+1:], '/'); i >= 0 {
		end = len(d) + 1 + i
	}
	p, err = d.Parse(text[:end])
	if err != nil {
		return "", "", err
	}
	if end < len(text) {
		rest = path.Clean(text[end:])
	}
	if rest == "/" {
		rest = ""
	}
	return p, rest, nil
}
