package nar

// This file defines the reader.

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
)

// A Visitor is told what is in an archive, in its order: a directory before what is in it. The path of the archive's own
// node is "", of others "a" or "a/b"; names in it are checked. An error ends the reading.
type Visitor interface {
	Directory(path string) error
	// File is told of a regular file. What it does not read of contents is skipped. Of a
	// file whose beginning is broken, the size is 0 and contents fail.
	File(path string, executable bool, size int64, contents io.Reader) error
	Symlink(path, target string) error
}

// maxText is how many bytes a name or the target of a link can have.
const maxText = 1 << 16

// errTooLong is the error of a string that is longer than anything that can stand where it stands.
var errTooLong = errors.New("string is too long")

// Read reads an archive and tells v what is in it. It reads nothing behind the archive if r is a *bufio.Reader; of another
// reader it may read some more.
//
// Only what Write could have written is accepted, whatever it is: names are sorted, none leads out of its directory, and
// padding is zero. Memory does not grow with the archive.
func Read(r io.Reader, v Visitor) error {
	br, ok := r.(*bufio.Reader)
	if !ok {
		br = bufio.NewReaderSize(r, bufSize)
	}
	p := parser{r: br, v: v}
	if magic, err := p.str(len(magic)); err != nil && err != errTooLong {
		return err
	} else if magic != "nix-archive-1" {
		return errors.New("bad archive: input doesn't look like a Nix archive")
	}
	return p.node("", 0)
}

const magic = "nix-archive-1"

// A parser reads the parts of an archive.
type parser struct {
	r   *bufio.Reader
	v   Visitor
	buf [8]byte
}

// size reads a length.
func (p *parser) size() (uint64, error) {
	if _, err := io.ReadFull(p.r, p.buf[:]); err != nil {
		return 0, early(err)
	}
	return binary.LittleEndian.Uint64(p.buf[:]), nil
}

// early returns err; the end of the input is an error wherever it comes.
func early(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// pad reads what fills up n bytes to a multiple of 8.
func (p *parser) pad(n uint64) error {
	fill := p.buf[:-n&7]
	if _, err := io.ReadFull(p.r, fill); err != nil {
		return early(err)
	}
	for _, c := range fill {
		if c != 0 {
			return errors.New("non-zero padding")
		}
	}
	return nil
}

// str reads a string of at most most bytes.
func (p *parser) str(most int) (string, error) {
	n, err := p.size()
	if err != nil {
		return "", err
	}
	if n > uint64(most) {
		return "", errTooLong
	}
	// A string is mostly in the buffer of the reader with its padding, and mostly it is
	// a word of the format: then it costs no memory.
	if data, err := p.r.Peek(int(n + -n&7)); err == nil {
		text, ok := words[string(data[:n])]
		if !ok {
			text = string(data[:n])
		}
		if _, err := p.r.Discard(int(n)); err != nil {
			return "", early(err)
		}
		return text, p.pad(n)
	}
	var b strings.Builder
	if _, err := io.CopyN(&b, p.r, int64(n)); err != nil {
		return "", early(err)
	}
	return b.String(), p.pad(n)
}

// words are the words of the format.
var words = map[string]string{
	"(": "(", ")": ")", "type": "type", "regular": "regular", "executable": "executable", "contents": "contents", "symlink": "symlink",
	"target": "target", "directory": "directory", "entry": "entry", "name": "name", "node": "node",
}

// maxTag is how many bytes of a word are read to say that it is the wrong one.
const maxTag = 512

// expect reads a word of the format.
func (p *parser) expect(tag string) error {
	got, err := p.str(maxTag)
	if err == nil && got != tag {
		err = fmt.Errorf("bad archive: expected tag '%s', got '%s'", tag, shown(got))
	}
	return err
}

// shown returns a text from an archive as messages show it.
func shown(text string) string { return strings.ReplaceAll(text, "\x00", `\0`) }

// words expects several words, one behind the other.
func (p *parser) words(tags ...string) error {
	for _, tag := range tags {
		if err := p.expect(tag); err != nil {
			return err
		}
	}
	return nil
}

// node reads what is at path.
func (p *parser) node(path string, depth int) error {
	if depth >= maxDepth {
		return fmt.Errorf("path '%s' exceeds maximum NAR directory depth of %d", path, maxDepth)
	}
	if err := p.words("(", "type"); err != nil {
		return err
	}
	kind, err := p.str(maxTag)
	if err != nil {
		return err
	}
	switch kind {
	case "regular":
		err = p.file(path)
	case "directory":
		return p.directory(path, depth) // which reads the ")" as well
	case "symlink":
		err = p.symlink(path)
	default:
		return fmt.Errorf("bad archive: unknown file type '%s'", shown(kind))
	}
	if err != nil {
		return err
	}
	return p.expect(")")
}

// file reads a regular file from behind its type.
func (p *parser) file(path string) error {
	executable, size, err := p.fileHead()
	if err != nil {
		// As with the reference, there is a file whose contents fail.
		if told := p.v.File(path, executable, 0, brokenFile{err}); told != nil {
			return told
		}
		return err
	}
	contents := &exactly{p.r, int64(size)}
	if err := p.v.File(path, executable, int64(size), contents); err != nil {
		return err
	}
	if contents.n > 0 {
		if _, err := io.Copy(io.Discard, contents); err != nil {
			return err
		}
	}
	return p.pad(size)
}

// fileHead reads what stands before the contents of a regular file.
func (p *parser) fileHead() (executable bool, size uint64, err error) {
	tag, err := p.str(maxTag)
	if err != nil {
		return false, 0, err
	}
	if executable = tag == "executable"; executable {
		if _, err := p.str(0); err != nil {
			return true, 0, err
		}
		if tag, err = p.str(maxTag); err != nil {
			return true, 0, err
		}
	}
	if tag != "contents" {
		return executable, 0, fmt.Errorf("bad archive: expected tag 'contents', got '%s'", shown(tag))
	}
	if size, err = p.size(); err == nil && size > 1<<62 {
		err = errTooLong
	}
	return executable, size, err
}

// A brokenFile is the contents of a file whose beginning is broken.
type brokenFile struct{ err error }

func (f brokenFile) Read([]byte) (int, error) { return 0, f.err }

// An exactly reads n more bytes of r. That there are fewer is an error.
type exactly struct {
	r io.Reader
	n int64
}

func (e *exactly) Read(b []byte) (int, error) {
	if e.n == 0 {
		return 0, io.EOF
	}
	n, err := e.r.Read(b[:min(int64(len(b)), e.n)])
	e.n -= int64(n)
	if e.n > 0 {
		err = early(err)
	} else if err == io.EOF {
		err = nil
	}
	return n, err
}

// symlink reads a symbolic link from behind its type.
func (p *parser) symlink(path string) error {
	if err := p.expect("target"); err != nil {
		return err
	}
	target, err := p.str(maxText)
	if err != nil {
		return err
	}
	if target == "" || strings.IndexByte(target, 0) >= 0 {
		return errors.New("bad archive: NAR contains invalid symlink target")
	}
	return p.v.Symlink(path, target)
}

// directory reads a directory from behind its type, to its end.
func (p *parser) directory(path string, depth int) error {
	if err := p.v.Directory(path); err != nil {
		return err
	}
	prefix := path
	if path != "" {
		prefix += "/"
	}
	last := ""
	for {
		tag, err := p.str(maxTag)
		switch {
		case err != nil:
			return err
		case tag == ")":
			return nil
		case tag != "entry":
			return fmt.Errorf("bad archive: expected tag 'entry', got '%s'", shown(tag))
		}
		if err := p.words("(", "name"); err != nil {
			return err
		}
		name, err := p.str(maxText)
		switch {
		case err != nil:
			return err
		case name == "", name == ".", name == "..", strings.ContainsAny(name, "/\x00"):
			return fmt.Errorf("bad archive: NAR contains invalid file name '%s'", shown(name))
		case last != "" && name <= last:
			return errors.New("bad archive: NAR directory is not sorted")
		}
		last = name
		if err := p.expect("node"); err != nil {
			return err
		}
		if err := p.node(prefix+name, depth+1); err != nil {
			return err
		}
		if err := p.expect(")"); err != nil {
			return err
		}
	}
}
