package odb

// This file defines how compressed contents are read.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/klauspost/compress/zlib"
)

// errTooMuch is the error of contents that do not end where their size says.
var errTooMuch = errors.New("the contents are longer than their size says")

// inflaters keeps decompressors between objects: making one costs more than reading most objects.
var inflaters sync.Pool

// An inflater decompresses one stream.
type inflater struct {
	z interface {
		io.ReadCloser
		zlib.Resetter
	}
}

// newInflater returns an inflater of r. The caller must release it.
func newInflater(r io.Reader) (*inflater, error) {
	if f, _ := inflaters.Get().(*inflater); f != nil {
		if err := f.z.Reset(r, nil); err != nil {
			return nil, err
		}
		return f, nil
	}
	z, err := zlib.NewReader(r)
	if err != nil {
		return nil, err
	}
	return &inflater{z: z.(interface {
		io.ReadCloser
		zlib.Resetter
	})}, nil
}

// release gives the inflater back for another stream. It must not be used any more.
func (f *inflater) release() {
	// A small stream keeps what it reads from out of the pool.
	if f.z.Reset(bytes.NewReader(emptyStream), nil) == nil {
		inflaters.Put(f)
	}
}

// emptyStream is the head of a compressed stream.
var emptyStream = []byte{0x78, 0x9c}

// chunkSize is the number of bytes that are read before the context is asked again.
const chunkSize = 1 << 20

// readExactly reads n bytes, after which the stream must end. Memory grows with what is read, so that
// a size that is not true costs nothing.
func readExactly(ctx context.Context, r io.Reader, n int64) ([]byte, error) {
	buf := make([]byte, min(n, chunkSize))
	for have := 0; ; {
		m, err := io.ReadFull(r, buf[have:])
		have += m
		if err == io.ErrUnexpectedEOF || err == io.EOF && int64(have) < n {
			return nil, errShort
		}
		if err != nil && err != io.EOF {
			return nil, err
		}
		if int64(have) == n {
			return buf, atEnd(r)
		}
		if err := ctx.Err(); err != nil {
			return nil, context.Cause(ctx)
		}
		buf = append(buf, make([]byte, min(n-int64(have), int64(have)))...)
	}
}

// atEnd returns an error unless the stream ends here, with the checksum that it should have.
func atEnd(r io.Reader) error {
	var one [1]byte
	for range 100 {
		n, err := r.Read(one[:])
		switch {
		case n > 0:
			return errTooMuch
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
	}
	return io.ErrNoProgress
}

// A looseHeader is what a loose object says of itself.
type looseHeader struct {
	kind Kind
	size int64
}

// readLooseHeader reads the header of a loose object, such as "blob 12" and a byte 0.
func readLooseHeader(r io.Reader) (looseHeader, error) {
	const most = 32 // bytes; git has the same limit
	var buf [most]byte
	for i := range buf {
		if _, err := io.ReadFull(r, buf[i:i+1]); err != nil {
			return looseHeader{}, fmt.Errorf("its header is cut short: %w", err)
		}
		if buf[i] == 0 {
			return parseLooseHeader(buf[:i])
		}
	}
	return looseHeader{}, errors.New("its header is too long")
}

func parseLooseHeader(text []byte) (looseHeader, error) {
	name, digits, _ := bytes.Cut(text, []byte{' '})
	h := looseHeader{kind: parseKind(string(name))}
	if h.kind == 0 || len(digits) == 0 || len(digits) > 18 || digits[0] == '0' && len(digits) > 1 {
		return h, errors.New("its header is not that of an object")
	}
	for _, d := range digits {
		if d < '0' || d > '9' {
			return h, errors.New("its header is not that of an object")
		}
		h.size = 10*h.size + int64(d-'0')
	}
	return h, nil
}
