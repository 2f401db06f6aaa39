package storecmd

// This file defines how the files of an archive are found that have references.

import (
	"fmt"
	"io"
	"strings"
)

// A referenceFinder is a nar.Visitor that takes note of the files and links that have the hash
// parts of store paths.
type referenceFinder struct {
	wanted map[string]string   // paths by their hash parts
	target string              // the path that is shown in another colour
	hits   map[string][]string // lines by path
}

// Directory implements nar.Visitor.
func (v *referenceFinder) Directory(string) error { return nil }

// Symlink implements nar.Visitor.
func (v *referenceFinder) Symlink(path, target string) error {
	for _, hash := range sortedKeys(v.wanted) {
		if at := strings.Index(target, hash); at >= 0 {
			ref := v.wanted[hash]
			v.hits[ref] = append(v.hits[ref], fmt.Sprintf("%s -> %s", shownPath(path), v.paint(target, at, len(hash), ref)))
		}
	}
	return nil
}

// File implements nar.Visitor.
func (v *referenceFinder) File(path string, _ bool, size int64, contents io.Reader) error {
	text, err := io.ReadAll(io.LimitReader(contents, min(size, maxSearched)))
	if err != nil {
		return err
	}
	for _, hash := range sortedKeys(v.wanted) {
		at := strings.Index(string(text), hash)
		if at < 0 {
			continue
		}
		start := max(at-margin, 0)
		piece := printable(text[start:min(at+len(hash)+margin, len(text))])
		ref := v.wanted[hash]
		v.hits[ref] = append(v.hits[ref], fmt.Sprintf("%s: …%s…", shownPath(path), v.paint(piece, at-start, len(hash), ref)))
	}
	_, err = io.Copy(io.Discard, contents)
	return err
}

// shownPath returns how the path of a file in an archive is shown.
func shownPath(path string) string {
	if path == "" {
		return "/"
	}
	return path
}
