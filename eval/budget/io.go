package budget

// This file defines writing, hashing and reading.

import (
	"errors"
	"io"
)

// hashCost is how many steps writing n bytes into a hash counts as: a step for
// 512 bytes, which take about a microsecond.
func hashCost(n int) int { return 1 + n>>9 }

// Write writes texts to w, which is mostly a hash, one behind the other. The
// texts are copied in parts, since a Writer wants bytes.
func Write(b Budget, w io.Writer, texts ...string) error {
	const part = 1 << 14
	size := 0
	for _, text := range texts {
		size = max(size, len(text))
	}
	buf := make([]byte, min(size, part))
	for _, text := range texts {
		for len(text) > 0 {
			n := copy(buf, text)
			if _, err := w.Write(buf[:n]); err != nil {
				return err
			}
			text = text[n:]
			if err := Tick(b, hashCost(n)); err != nil {
				return err
			}
		}
	}
	return nil
}

// Reader returns r as it is read within b: each Read is of at most 64 KiB, and
// is counted.
func Reader(b Budget, r io.Reader) io.Reader {
	if b == nil {
		return r
	}
	return reader{r, b}
}

type reader struct {
	r io.Reader
	b Budget
}

func (r reader) Read(p []byte) (int, error) {
	n, err := r.r.Read(p[:min(len(p), PartBytes)])
	if stop := r.b.Tick(hashCost(n)); stop != nil {
		return n, stop
	}
	return n, err
}

// ErrTooLarge is the error of ReadAll for what is larger than its limit.
var ErrTooLarge = errors.New("the file is too large")

// ReadAll reads r to its end. More than limit bytes are ErrTooLarge; a limit
// below 0 is none. What grows large is asked for at b first, so that an endless
// r is an error in the end.
func ReadAll(b Budget, r io.Reader, limit int64) ([]byte, error) {
	r = Reader(b, r)
	var data []byte
	for {
		if len(data) == cap(data) {
			size := max(512, 2*cap(data))
			if limit >= 0 {
				size = int(min(int64(size), limit+1))
			}
			if size > PartBytes {
				if err := Room(b, uint64(size)); err != nil {
					return nil, err
				}
			}
			bigger := make([]byte, len(data), size)
			if err := Copy(b, bigger[:len(data)], data); err != nil {
				return nil, err
			}
			data = bigger
		}
		n, err := r.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if limit >= 0 && int64(len(data)) > limit {
			return nil, ErrTooLarge
		}
		if err == io.EOF {
			return data, nil
		}
		if err != nil {
			return nil, err
		}
	}
}
