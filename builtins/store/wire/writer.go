package wire

// This file defines Writer.

import (
	"bufio"
	"encoding/binary"
	"io"
	"time"
)

// A Writer writes the parts of messages, and keeps them in a buffer until Flush.
// The first error stays, and Flush returns it. A Writer is used by one goroutine
// at a time.
type Writer struct {
	Version Version // that is spoken; 0 until that is known

	w   *bufio.Writer
	buf [8]byte
}

// NewWriter returns a Writer to w.
func NewWriter(w io.Writer) *Writer { return &Writer{w: bufio.NewWriterSize(w, bufSize)} }

// Flush writes what is in the buffer.
func (w *Writer) Flush() error { return w.w.Flush() }

// Raw returns a writer of bytes as they are: without length and padding.
func (w *Writer) Raw() io.Writer { return w.w }

// Uint64 writes a number.
func (w *Writer) Uint64(n uint64) {
	binary.LittleEndian.PutUint64(w.buf[:], n)
	_, _ = w.w.Write(w.buf[:]) // Flush returns the error
}

// Bool writes a truth value.
func (w *Writer) Bool(b bool) {
	if b {
		w.Uint64(1)
	} else {
		w.Uint64(0)
	}
}

// Time writes a time: 0 for the zero one.
func (w *Writer) Time(t time.Time) {
	if t.IsZero() {
		w.Uint64(0)
	} else {
		w.Uint64(uint64(t.Unix()))
	}
}

// zeros are what strings are padded with.
const zeros = "\x00\x00\x00\x00\x00\x00\x00"

// String writes a string.
func (w *Writer) String(s string) {
	w.Uint64(uint64(len(s)))
	_, _ = w.w.WriteString(s)
	_, _ = w.w.WriteString(zeros[:-len(s)&7])
}

// Strings writes a list of strings, in its order. The protocols want sets sorted.
func (w *Writer) Strings(list []string) {
	w.Uint64(uint64(len(list)))
	for _, s := range list {
		w.String(s)
	}
}

// Pairs writes a map, in the order of the list, which must be that of the keys.
func (w *Writer) Pairs(list []Pair) {
	w.Uint64(uint64(len(list)))
	for _, p := range list {
		w.String(p.Key)
		w.String(p.Value)
	}
}
