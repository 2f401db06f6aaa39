package odb

// This file defines files that are read here and there.

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"os"
)

// A region is the contents of a file, for reading at any place. It does not change. Several
// goroutines may use it at once.
type region struct {
	name string
	size int64
	data []byte   // the whole file, mapped or in memory; nil if it is read piece by piece
	file *os.File // nil if data has all
	// unmap gives data back; nil if there is nothing to do.
	unmap func() error
}

// openRegion opens a file. The caller must close the region.
func openRegion(name string) (*region, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, err
	}
	if !info.Mode().IsRegular() {
		f.Close()
		return nil, fileErrorf(name, "not a regular file")
	}
	r := &region{name: name, size: info.Size(), file: f}
	if r.size == 0 {
		r.data, r.file = []byte{}, nil
		return r, f.Close()
	}
	if data, unmap, ok := mapFile(f, r.size); ok {
		r.data, r.unmap, r.file = data, unmap, nil
		f.Close()
	}
	return r, nil
}

// memoryRegion returns data as if it were a file.
func memoryRegion(name string, data []byte) *region {
	return &region{name: name, size: int64(len(data)), data: data}
}

// close gives the file back. Nothing that came of it may be used any more.
func (r *region) close() error {
	switch {
	case r.unmap != nil:
		return r.unmap()
	case r.file != nil:
		return r.file.Close()
	}
	return nil
}

// bytes returns n bytes at an offset. Callers must not modify them.
func (r *region) bytes(off, n int64) ([]byte, error) {
	if off < 0 || n < 0 || off > r.size || n > r.size-off {
		return nil, &FileError{File: r.name, Err: errShort}
	}
	if r.data != nil {
		return r.data[off : off+n : off+n], nil
	}
	b := make([]byte, n)
	if _, err := r.file.ReadAt(b, off); err != nil {
		return nil, &FileError{File: r.name, Err: err}
	}
	return b, nil
}

// upTo returns at most n bytes at an offset, fewer where the file ends.
func (r *region) upTo(off, n int64) ([]byte, error) {
	return r.bytes(off, min(n, max(r.size-off, 0)))
}

// uint32 returns the number of 4 bytes at an offset.
func (r *region) uint32(off int64) (uint32, error) {
	b, err := r.bytes(off, 4)
	if err != nil {
		return 0, err
	}
	return binary.BigEndian.Uint32(b), nil
}

// uint64 returns the number of 8 bytes at an offset.
func (r *region) uint64(off int64) (uint64, error) {
	b, err := r.bytes(off, 8)
	if err != nil {
		return 0, err
	}
	return binary.BigEndian.Uint64(b), nil
}

// reader returns what is between two offsets as a stream. It is a *bytes.Reader or a *bufio.Reader,
// which decompressors read from fastest.
func (r *region) reader(from, to int64) (io.Reader, error) {
	if from < 0 || from > to || to > r.size {
		return nil, &FileError{File: r.name, Err: errShort}
	}
	if r.data != nil {
		return bytes.NewReader(r.data[from:to]), nil
	}
	return bufio.NewReader(io.NewSectionReader(r.file, from, to-from)), nil
}
