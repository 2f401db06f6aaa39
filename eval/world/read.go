package world

// This file defines how a whole file is read.

import (
	"context"
	"errors"
	"io"
	"math"
)

// ErrTooLarge is the error of reading a file with more bytes than there is room for.
var ErrTooLarge = errors.New("the file is too large")

// NoLimit is a limit of ReadFile that no file meets.
const NoLimit = math.MaxInt64

// readPiece is how many bytes are read between two looks at the context.
const readPiece = 1 << 20

// ReadFile returns the contents of a file. The error is ErrTooLarge if there are more than limit
// bytes; then at most that many were read.
func ReadFile(ctx context.Context, host Host, path string, limit int64) ([]byte, error) {
	f, err := host.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return ReadAll(ctx, f, limit)
}

// ReadAll returns what is left of an open file, as ReadFile does.
func ReadAll(ctx context.Context, f File, limit int64) ([]byte, error) {
	size := int64(0)
	if info, err := f.Stat(); err == nil {
		size = info.Size
	}
	if size > limit {
		return nil, ErrTooLarge
	}
	// One more byte than the file has, so that its end is seen without more room. The size may be
	// wrong.
	out := make([]byte, 0, max(size, 511)+1)
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if len(out) == cap(out) {
			out = append(out, 0)[:len(out)]
		}
		n, err := f.Read(out[len(out):min(cap(out), len(out)+readPiece)])
		out = out[:len(out)+n]
		switch {
		case int64(len(out)) > limit:
			return nil, ErrTooLarge
		case err == io.EOF:
			return out, nil
		case err != nil:
			return nil, err
		}
	}
}
