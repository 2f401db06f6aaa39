package nar

// This file defines how an archive is taken out of a stream.

import (
	"bufio"
	"errors"
	"io"
	"strings"
)

// Copy reads an archive and writes it to w: its bytes, since one tree has one
// archive. What r has behind it is not read.
func Copy(w io.Writer, r *bufio.Reader) error {
	buf := buffers.Get().(*[bufSize]byte)
	defer buffers.Put(buf)
	c := copier{archiver{w: w, buf: buf[:0]}, nil}
	c.a.str(magic)
	if err := Read(r, &c); err != nil {
		return err
	}
	c.leave(0)
	c.a.flush()
	return c.a.err
}

// A copier is a Visitor that writes the archive that it is told of.
type copier struct {
	a    archiver
	open []string // directories whose ends are not written yet, by their paths
}

// enter writes what stands in front of the node at path, after the ends of the
// directories that it is not in.
func (c *copier) enter(path string) {
	if path == "" {
		return
	}
	dir, name := "", path
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		dir, name = path[:i], path[i+1:]
	}
	n := len(c.open)
	for c.open[n-1] != dir {
		n--
	}
	c.leave(n)
	c.a.str("entry", "(", "name", name, "node")
}

// leave writes the ends of all open directories but the first n.
func (c *copier) leave(n int) {
	for len(c.open) > n {
		c.end(c.open[len(c.open)-1])
		c.open = c.open[:len(c.open)-1]
	}
}

// end writes the end of the node at path.
func (c *copier) end(path string) {
	c.a.str(")")
	if path != "" {
		c.a.str(")")
	}
}

func (c *copier) Directory(path string) error {
	c.enter(path)
	c.a.str("(", "type", "directory")
	c.open = append(c.open, path)
	return c.a.err
}

func (c *copier) Symlink(path, target string) error {
	c.enter(path)
	c.a.str("(", "type", "symlink", "target", target)
	c.end(path)
	return c.a.err
}

func (c *copier) File(path string, executable bool, size int64, contents io.Reader) error {
	c.enter(path)
	c.a.str("(", "type", "regular")
	if executable {
		c.a.str("executable", "")
	}
	c.a.str("contents")
	c.a.size(size)
	c.a.flush()
	if c.a.err != nil {
		return c.a.err
	}
	if _, err := io.CopyBuffer(onlyWriter{c.a.w}, contents, c.a.buf[:cap(c.a.buf)]); err != nil {
		return err
	}
	c.a.pad(size)
	c.end(path)
	return c.a.err
}

// ReadAll is Read of all that r has: bytes behind the archive are an error. What is read is
// written to w as well.
func ReadAll(r io.Reader, w io.Writer, v Visitor) error {
	archive := bufio.NewReaderSize(io.TeeReader(r, w), bufSize)
	if err := Read(archive, v); err != nil {
		return err
	}
	switch _, err := archive.ReadByte(); err {
	case nil:
		return errors.New("there are bytes behind the end of the archive")
	case io.EOF:
		return nil
	default:
		return err
	}
}
