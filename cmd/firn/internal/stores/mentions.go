package stores

// This file defines Mentions: which store paths are in what a command prints.

import (
	"bytes"
	"io"
)

// hashLen is how many characters the hash part of a store path has.
const hashLen = 32

// Mentions writes a text, and remembers the hash parts of the store paths that are in the text. Target.Mentions makes
// one.
type Mentions struct {
	w      io.Writer
	dir    []byte // the store directory and a slash
	held   []byte // the end of the text so far, in which a path may begin
	hashes map[string]bool
}

// Mentions returns a writer to w that remembers paths of the store.
func (t *Target) Mentions(w io.Writer) *Mentions {
	return &Mentions{w: w, dir: []byte(string(t.Store.Dir()) + "/"), hashes: map[string]bool{}}
}

// Write implements io.Writer.
func (m *Mentions) Write(p []byte) (int, error) {
	m.look(p)
	return m.w.Write(p)
}

// look remembers what is in the next part of the text.
func (m *Mentions) look(p []byte) {
	text := append(m.held, p...)
	for {
		i := bytes.Index(text, m.dir)
		if i < 0 {
			text = text[max(0, len(text)-len(m.dir)+1):]
			break
		}
		text = text[i:]
		end := len(m.dir) + hashLen
		if len(text) < end {
			break
		}
		m.hashes[string(text[len(m.dir):end])] = true
		text = text[len(m.dir):]
	}
	m.held = append([]byte(nil), text...)
}

// has reports whether a path of the store was in the text.
func (m *Mentions) has(path string) bool {
	rest := path[min(len(path), len(m.dir)):]
	return len(rest) >= hashLen && m.hashes[rest[:hashLen]]
}
