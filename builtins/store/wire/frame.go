package wire

// This file defines framed data: pieces with their lengths, and a length of 0 at
// the end.

import "io"

// A FrameReader reads framed data up to its end, and nothing behind it. That the
// data end within a frame, or without the last one, is an error.
type FrameReader struct {
	r    *Reader
	left uint64 // bytes of the current frame
	end  bool   // the last frame has been read
}

// NewFrameReader returns a reader of the framed data that r is at.
func NewFrameReader(r *Reader) *FrameReader { return &FrameReader{r: r} }

// Read implements io.Reader.
func (f *FrameReader) Read(b []byte) (int, error) {
	if f.end {
		return 0, io.EOF
	}
	if f.left == 0 {
		f.left = f.r.Uint64()
		if f.r.err != nil {
			return 0, f.r.err
		}
		if f.left == 0 {
			f.end = true
			return 0, io.EOF
		}
	}
	if len(b) == 0 {
		return 0, nil
	}
	n, err := f.r.r.Read(b[:min(uint64(len(b)), f.left)])
	f.left -= uint64(n)
	if err != nil && n == 0 {
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		f.r.Fail(err)
		return 0, err
	}
	return n, nil
}

// Drain reads and drops what is left of the data.
func (f *FrameReader) Drain() error {
	_, err := io.Copy(io.Discard, f)
	return err
}

// A FrameWriter writes framed data to a Writer.
type FrameWriter struct{ w *Writer }

// NewFrameWriter returns a writer of framed data to w.
func NewFrameWriter(w *Writer) *FrameWriter { return &FrameWriter{w} }

// Write writes a frame.
func (f *FrameWriter) Write(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil // which would be the end
	}
	f.w.Uint64(uint64(len(b)))
	return f.w.w.Write(b)
}

// Close writes the end of the data. It closes and flushes nothing else.
func (f *FrameWriter) Close() error {
	f.w.Uint64(0)
	return nil
}
