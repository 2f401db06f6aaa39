// Package rewrite replaces store paths in archives by others, while they are written, and
// computes content addresses of store objects that refer to themselves.
//
//	Writer    replaces texts on their way to another writer; NewPaths and NewHash make one
//	Modulo    the hash of an archive without its own hash part
//	Closure   copies objects to paths that follow from their contents
//
// What is replaced keeps its length, so that an archive stays one.
package rewrite

// This file defines Writer and Modulo.

import (
	"bytes"
	"io"

	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// hashPart is how many characters the hash part of a store path has.
const hashPart = 32

// A Writer replaces texts, and passes on what is written. The caller must call Flush, since
// the last bytes may be the beginning of a text that is replaced.
type Writer struct {
	w       io.Writer
	prefix  []byte // that all texts begin with
	longest int    // length of the longest text, in bytes
	// at returns what stands in place of the text that b begins with, and has its length;
	// nil if it begins with none. b begins with the prefix, and ends where there is nothing
	// more, or behind the longest text.
	at func(b []byte) []byte

	held []byte // not passed on yet
}

// NewPaths returns a Writer that replaces store paths of a store directory by others there,
// whose names are the same. A path is found where all of it stands, the directory included.
func NewPaths(w io.Writer, dir storepath.Dir, paths map[string]string) *Writer {
	v := &Writer{w: w, prefix: []byte(string(dir) + "/")}
	byHash := map[string][2][]byte{}
	for from, to := range paths {
		if len(from) == len(to) && len(from) > len(v.prefix)+hashPart {
			byHash[from[len(v.prefix):len(v.prefix)+hashPart]] = [2][]byte{[]byte(from), []byte(to)}
			v.longest = max(v.longest, len(from))
		}
	}
	v.longest = max(v.longest, len(v.prefix))
	v.at = func(b []byte) []byte {
		if len(b) < len(v.prefix)+hashPart {
			return nil
		}
		pair := byHash[string(b[len(v.prefix):len(v.prefix)+hashPart])]
		if pair[0] == nil || !bytes.HasPrefix(b, pair[0]) {
			return nil
		}
		return pair[1]
	}
	return v
}

// NewHash returns a Writer that replaces a hash part by another text of its length, wherever
// it stands.
func NewHash(w io.Writer, from, to string) *Writer {
	return &Writer{w: w, prefix: []byte(from), longest: len(from), at: func([]byte) []byte { return []byte(to) }}
}

// Write implements io.Writer.
func (v *Writer) Write(p []byte) (int, error) {
	v.held = append(v.held, p...)
	return len(p), v.pass(false)
}

// Flush passes on what is held back. Nothing may be written behind it.
func (v *Writer) Flush() error { return v.pass(true) }

// pass replaces texts in what is held, and passes on what cannot be part of one. If last is
// true, that is everything.
func (v *Writer) pass(last bool) error {
	done := 0 // bytes of held that can be passed on
	for {
		i := bytes.Index(v.held[done:], v.prefix)
		if i < 0 {
			done = max(done, len(v.held)-len(v.prefix)+1)
			break
		}
		done += i
		if len(v.held)-done < v.longest && !last {
			break
		}
		by := v.at(v.held[done:])
		if by == nil {
			done += len(v.prefix)
			continue
		}
		done += copy(v.held[done:], by)
	}
	if last {
		done = len(v.held)
	}
	if done <= 0 {
		return nil
	}
	_, err := v.w.Write(v.held[:done])
	v.held = append(v.held[:0], v.held[done:]...)
	return err
}

// A Modulo is the hash of what is written to it, with zeros in place of a hash part. It is what
// the path of an object follows from that refers to itself.
//
// Quirk: where the zeros are does not count, so that an object that has zeros there already gets
// the same path. Nix up to 2.16 hashed the positions too, and does so again from 2.35 on: these
// give other paths (see RATIONALE.md).
type Modulo struct {
	sum *nixhash.Hasher
	v   *Writer
}

// NewModulo returns the Modulo without own, the hash part of the object.
func NewModulo(algo nixhash.Algo, own string) *Modulo {
	sum := nixhash.NewHasher(algo)
	return &Modulo{sum, NewHash(sum, own, string(make([]byte, len(own))))}
}

// Write implements io.Writer.
func (m *Modulo) Write(p []byte) (int, error) { return m.v.Write(p) }

// Result returns the hash. Nothing may be written behind it.
func (m *Modulo) Result() (nixhash.Hash, error) {
	if err := m.v.Flush(); err != nil {
		return nixhash.Hash{}, err
	}
	return m.sum.Result(), nil
}
