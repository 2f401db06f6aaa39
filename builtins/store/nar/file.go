package nar

// This file defines the archive of one file.

import "io"

// FileFrame returns what the archive of a regular file of that size, in bytes, has before and
// behind the contents.
func FileFrame(executable bool, size int64) (head, tail []byte) {
	var a archiver
	a.buf = make([]byte, 0, 256) // more than both: nothing is handed on
	a.str(magic, "(", "type", "regular")
	if executable {
		a.str("executable", "")
	}
	a.str("contents")
	a.size(size)
	head, a.buf = a.buf, a.buf[len(a.buf):]
	a.pad(size)
	a.str(")")
	return head, a.buf
}

// WriteFile writes the archive of a regular file that is not in an FS: size bytes,
// which r must have.
func WriteFile(w io.Writer, executable bool, size int64, r io.Reader) error {
	head, tail := FileFrame(executable, size)
	if _, err := w.Write(head); err != nil {
		return err
	}
	buf := buffers.Get().(*[bufSize]byte)
	defer buffers.Put(buf)
	if _, err := io.CopyBuffer(onlyWriter{w}, &exactly{r, size}, buf[:]); err != nil {
		return err
	}
	_, err := w.Write(tail)
	return err
}
