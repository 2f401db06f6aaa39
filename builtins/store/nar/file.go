package nar

// This file defines the archive of one file.

import "io"

// WriteFile writes the archive of a regular file that is not in an FS: size bytes,
// which r must have.
func WriteFile(w io.Writer, executable bool, size int64, r io.Reader) error {
	buf := buffers.Get().(*[bufSize]byte)
	defer buffers.Put(buf)
	a := archiver{w: w, buf: buf[:0]}
	a.str(magic, "(", "type", "regular")
	if executable {
		a.str("executable", "")
	}
	a.str("contents")
	a.size(size)
	a.flush()
	if a.err != nil {
		return a.err
	}
	if _, err := io.CopyBuffer(onlyWriter{w}, &exactly{r, size}, buf[:cap(a.buf)]); err != nil {
		return err
	}
	a.pad(size)
	a.str(")")
	a.flush()
	return a.err
}
