// Package narinfo reads and writes the files HASH.narinfo of binary caches.
//
//	Info     what such a file says: what is known of a store object, and where its archive is
//	Parse    a file's text to an Info;  Append  back
//
// Read are the same files as by C++ Nix 2.34.8, whose messages these are: fields
// in any order, unknown ones are skipped, and a value begins two bytes behind the
// colon. Parse says nothing of whether an Info is true: hash and size of the
// archive, and signatures, are the caller's to check.
package narinfo

// This file defines Info and its text.

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/signature"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// An Info is what is known of a store object, and where its archive is.
type Info struct {
	store.PathInfo
	URL         string       // of the archive, relative to the cache
	Compression string       // of the archive, such as "xz"; never empty once parsed
	FileHash    nixhash.Hash // of the compressed archive; the zero one if it is not known
	FileSize    int64        // of the compressed archive, in bytes; 0 if it is not known
}

// DefaultCompression is what a file without the field Compression means.
const DefaultCompression = "bzip2"

// MaxSize is how many bytes a file may have; a caller that reads one from
// somewhere reads no more. The longest in cache.nixos.org has some 60 kB.
const MaxSize = 4 << 20

// Parse reads the text of a file for a store in dir. name is the file's, for
// messages.
func Parse(dir storepath.Dir, name, text string) (*Info, error) {
	p := parser{dir: dir, name: name, info: &Info{Compression: DefaultCompression}}
	for p.line = 1; text != ""; p.line++ {
		colon := strings.IndexByte(text, ':')
		if colon < 0 {
			return nil, p.corrupt("expecting ':'")
		}
		// The byte behind the colon is never looked at, be it the end of the line.
		end := -1
		if colon+2 <= len(text) {
			end = strings.IndexByte(text[colon+2:], '\n')
		}
		if end < 0 {
			return nil, p.corrupt(`expecting '\n'`)
		}
		value := text[colon+2:][:end]
		if err := p.field(text[:colon], value); err != nil {
			return nil, err
		}
		text = text[colon+2+end+1:]
	}
	return p.finish()
}

// A parser has what was read so far.
type parser struct {
	dir   storepath.Dir
	name  string // of the file
	line  int    // 1-based; 0 when the message is about the whole file
	info  *Info
	hasCA bool
}

// corrupt returns the error of a file that is none.
func (p *parser) corrupt(reason string) error {
	if p.line > 0 {
		reason += " at line " + strconv.Itoa(p.line)
	}
	return fmt.Errorf("NAR info file '%s' is corrupt: %s", p.name, reason)
}

// field takes one line.
func (p *parser) field(name, value string) (err error) {
	info := p.info
	switch name {
	case "StorePath":
		path, err := p.dir.Parse(value)
		if err != nil {
			return err
		}
		info.Path = p.dir.Text(path)
	case "URL":
		info.URL = value
	case "Compression":
		info.Compression = value
		if value == "" {
			info.Compression = DefaultCompression
		}
	case "FileHash":
		info.FileHash, err = p.hash(value)
	case "FileSize":
		info.FileSize, err = p.size(name, value)
	case "NarHash":
		info.NARHash, err = p.hash(value)
	case "NarSize":
		info.NARSize, err = p.size(name, value)
	case "References":
		if len(info.References) > 0 {
			return p.corrupt("extra References")
		}
		for base := range strings.FieldsFuncSeq(value, func(r rune) bool { return r == ' ' }) {
			ref, err := storepath.ParseBase(base)
			if err != nil {
				return err
			}
			info.References = append(info.References, p.dir.Text(ref))
		}
	case "Deriver":
		if value == "unknown-deriver" {
			return nil
		}
		deriver, err := storepath.ParseBase(value)
		if err != nil {
			return err
		}
		info.Deriver = p.dir.Text(deriver)
	case "Sig":
		if _, _, err := signature.Parse(value); err != nil {
			return err
		}
		info.Signatures = append(info.Signatures, value)
	case "CA":
		if p.hasCA {
			return p.corrupt("extra CA")
		}
		info.CA, err = store.ParseContentAddress(value)
		p.hasCA = !info.CA.IsZero()
	}
	return err
}

// hash reads a hash, which must name its algorithm.
func (p *parser) hash(value string) (nixhash.Hash, error) {
	h, err := nixhash.Parse(value, 0)
	if err != nil {
		return h, p.corrupt("bad hash")
	}
	return h, nil
}

// size reads a number of bytes. The reference takes numbers that no archive can
// have, up to 1<<64-1.
func (p *parser) size(name, value string) (int64, error) {
	n, err := strconv.ParseUint(strings.TrimPrefix(value, "+"), 10, 63)
	if err != nil {
		return 0, p.corrupt("invalid " + name)
	}
	return int64(n), nil
}

// finish checks what must be there, and sorts what is sorted.
func (p *parser) finish() (*Info, error) {
	p.line = 0
	info := p.info
	switch {
	case info.Path == "":
		return nil, p.corrupt("StorePath missing")
	case info.NARHash.Algo == 0:
		return nil, p.corrupt("NarHash missing")
	case info.URL == "":
		return nil, p.corrupt("URL missing")
	case info.NARSize == 0:
		return nil, p.corrupt("NarSize missing or zero")
	}
	info.References = sorted(info.References)
	info.Signatures = sorted(info.Signatures)
	return info, nil
}

// sorted sorts a list in place, and returns it with each text once.
func sorted(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}

// Append appends the text of info to b, in the order and form of the reference.
// The error says which field would not be read again.
func (info *Info) Append(b []byte, dir storepath.Dir) ([]byte, error) {
	for _, text := range []string{info.URL, info.Compression} {
		if text == "" || strings.ContainsAny(text, "\n\x00") {
			return b, fmt.Errorf("'%s' cannot stand in a NAR info file", text)
		}
	}
	if info.NARSize <= 0 || info.NARHash.Algo == 0 {
		return b, errors.New("a NAR info file needs hash and size of the archive")
	}
	line := func(name, value string) {
		b = append(append(append(append(b, name...), ": "...), value...), '\n')
	}
	line("StorePath", info.Path)
	line("URL", info.URL)
	line("Compression", info.Compression)
	if info.FileHash.Algo != 0 {
		line("FileHash", info.FileHash.Prefixed(nixhash.Nix32))
	}
	if info.FileSize != 0 {
		line("FileSize", strconv.FormatInt(info.FileSize, 10))
	}
	line("NarHash", info.NARHash.Prefixed(nixhash.Nix32))
	line("NarSize", strconv.FormatInt(info.NARSize, 10))
	b = append(b, "References: "...)
	for i, ref := range info.References {
		base, err := baseName(dir, ref)
		if err != nil {
			return b, err
		}
		if i > 0 {
			b = append(b, ' ')
		}
		b = append(b, base...)
	}
	b = append(b, '\n')
	if info.Deriver != "" {
		base, err := baseName(dir, info.Deriver)
		if err != nil {
			return b, err
		}
		line("Deriver", base)
	}
	for _, sig := range info.Signatures {
		if _, _, err := signature.Parse(sig); err != nil {
			return b, err
		}
		line("Sig", sig)
	}
	if !info.CA.IsZero() {
		line("CA", info.CA.String())
	}
	return b, nil
}

// baseName returns a path of dir without dir.
func baseName(dir storepath.Dir, path string) (string, error) {
	p, err := dir.Parse(path)
	return string(p), err
}
