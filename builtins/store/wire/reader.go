package wire

// This file defines Reader.

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"time"

	"github.com/firn-lang/firn/builtins/store/storepath"
)

// A Reader reads the parts of messages. The first error stays: after it, methods
// return zero values, so that a message can be read as a whole before Err is
// looked at. A Reader is used by one goroutine at a time.
type Reader struct {
	Dir     storepath.Dir // of the paths
	Version Version       // that is spoken; 0 until that is known

	r     *bufio.Reader
	limit int64 // bytes of memory that a message may take
	left  int64 // of limit, for the current message
	err   error // the first error
	buf   [8]byte
}

// A FormatError says that the peer sent what cannot be.
type FormatError struct{ Msg string }

func (e *FormatError) Error() string { return e.Msg }

// A PathError says that the peer sent a text in the place of a store path.
type PathError struct{ Err error }

func (e *PathError) Error() string { return e.Err.Error() }

// Unwrap returns what is wrong with the text.
func (e *PathError) Unwrap() error { return e.Err }

// itemCost is what an item of a list takes in memory beside its bytes.
const itemCost = 16

// bufSize is the size of the buffers of a connection, and the most that is asked
// for before the bytes of a string are there.
const bufSize = 32 << 10

// NewReader returns a Reader of r, for paths in dir. A message takes limit bytes
// of memory at most.
func NewReader(r io.Reader, dir storepath.Dir, limit int64) *Reader {
	br, ok := r.(*bufio.Reader)
	if !ok {
		br = bufio.NewReaderSize(r, bufSize)
	}
	return &Reader{Dir: dir, r: br, limit: limit, left: limit}
}

// Begin begins a message, for which the whole limit is there again.
func (r *Reader) Begin() { r.left = r.limit }

// Err returns the first error. The end of the input is io.ErrUnexpectedEOF.
func (r *Reader) Err() error { return r.err }

// Fail makes err the error of the Reader, unless there is one.
func (r *Reader) Fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

// failf is Fail with a *FormatError.
func (r *Reader) failf(format string, args ...any) {
	r.Fail(&FormatError{fmt.Sprintf(format, args...)})
}

// Raw returns the reader of what follows, which does not count as a message. The
// caller must read no more than belongs to it.
func (r *Reader) Raw() *bufio.Reader { return r.r }

// AtEnd reports whether the input ends here. It waits for a byte, or the end.
func (r *Reader) AtEnd() bool {
	if r.err != nil {
		return true
	}
	_, err := r.r.Peek(1)
	if err != nil && err != io.EOF {
		r.Fail(err)
	}
	return err != nil
}

// full reads len(b) bytes.
func (r *Reader) full(b []byte) bool {
	if r.err != nil {
		return false
	}
	if _, err := io.ReadFull(r.r, b); err != nil {
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		r.err = err
		return false
	}
	return true
}

// take takes n bytes of what the message may use.
func (r *Reader) take(n int64) bool {
	if r.err != nil {
		return false
	}
	if r.left -= n; r.left < 0 {
		r.failf("message is larger than %d bytes", r.limit)
		return false
	}
	return true
}

// Uint64 reads a number.
func (r *Reader) Uint64() uint64 {
	if !r.full(r.buf[:]) {
		return 0
	}
	return binary.LittleEndian.Uint64(r.buf[:])
}

// Upto reads a number that is at most most; what names it in the error.
func (r *Reader) Upto(most uint64, what string) uint64 {
	n := r.Uint64()
	if n > most {
		r.failf("%s of %d is out of range", what, n)
		return 0
	}
	return n
}

// Int64 reads a number that is not negative.
func (r *Reader) Int64() int64 { return int64(r.Upto(math.MaxInt64, "number")) }

// Bool reads a truth value: any number but 0 is true.
func (r *Reader) Bool() bool { return r.Uint64() != 0 }

// Time reads a time, for which 0 is the zero one.
func (r *Reader) Time() time.Time {
	if n := r.Int64(); n != 0 {
		return time.Unix(n, 0)
	}
	return time.Time{}
}

// String reads a string.
func (r *Reader) String() string {
	n := r.Uint64()
	if n > math.MaxInt64/2 {
		r.failf("string of %d bytes", n)
	}
	if n == 0 || !r.take(int64(n)) {
		return ""
	}
	if n > bufSize/2 {
		return r.long(n)
	}
	padded := int(n+7) &^ 7
	data, err := r.r.Peek(padded)
	if err != nil {
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		r.err = err
		return ""
	}
	text := string(data[:n])
	r.padding(data[n:])
	_, _ = r.r.Discard(padded) // which are there
	return text
}

// long reads a string of n bytes that is longer than the buffer, in pieces.
func (r *Reader) long(n uint64) string {
	var b strings.Builder
	if _, err := io.CopyN(&b, r.r, int64(n)); err != nil {
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		r.err = err
		return ""
	}
	fill := r.buf[:-n&7]
	if r.full(fill) {
		r.padding(fill)
	}
	return b.String()
}

// padding checks what follows a string.
func (r *Reader) padding(fill []byte) {
	for _, c := range fill {
		if c != 0 {
			r.failf("non-zero padding")
		}
	}
}

// Count reads the length of a list. Items take at least 8 bytes each, so the
// limit of the message is one of the length; the caller must not make room for
// all of them at once.
func (r *Reader) Count() int {
	n := r.Uint64()
	if r.err == nil && n > uint64(r.left)/8 {
		r.failf("list of %d items", n)
		return 0
	}
	if !r.take(0) {
		return 0
	}
	return int(n)
}

// List reads a list with a function that reads an item.
func List[T any](r *Reader, item func() T) []T {
	var list []T
	for n := r.Count(); n > 0 && r.take(itemCost); n-- {
		x := item()
		if r.err != nil {
			return nil
		}
		list = append(list, x)
	}
	return list
}

// Strings reads a list of strings.
func (r *Reader) Strings() []string { return List(r, r.String) }

// A Pair is a key and a value of a map.
type Pair struct{ Key, Value string }

// Pairs reads a map of strings.
func (r *Reader) Pairs() []Pair {
	return List(r, func() Pair { return Pair{r.String(), r.String()} })
}

// Path reads a store path.
func (r *Reader) Path() string { return r.path(r.String()) }

// OptionalPath reads a store path or "".
func (r *Reader) OptionalPath() string {
	text := r.String()
	if text == "" {
		return ""
	}
	return r.path(text)
}

// path returns the store path that a text is.
func (r *Reader) path(text string) string {
	if r.err != nil {
		return ""
	}
	p, err := r.Dir.Parse(text)
	if err != nil {
		r.Fail(&PathError{err})
		return ""
	}
	if len(text) == len(r.Dir)+1+len(p) {
		return text
	}
	return r.Dir.Text(p)
}

// Paths reads a list of store paths.
func (r *Reader) Paths() []string { return List(r, r.Path) }

// An InputError is an error of bytes that do not count as a message, such as an
// archive in the stream: where the next message begins is not known.
type InputError struct{ Err error }

func (e *InputError) Error() string { return e.Err.Error() }

// Unwrap returns the error.
func (e *InputError) Unwrap() error { return e.Err }

// Input returns err as an InputError; nil if it is nil.
func Input(err error) error {
	if err == nil {
		return nil
	}
	return &InputError{err}
}

// IsInput reports whether err is, or wraps, an InputError.
func IsInput(err error) bool {
	var input *InputError
	return errors.As(err, &input)
}
