package compression

// This file defines the format of the Unix program compress: LZW with codes of 9
// to 16 bits. The package compress/lzw has other orders of codes.

import (
	"bufio"
	"errors"
	"io"
)

const (
	lzwMagic    = "\x1f\x9d"
	lzwBlock    = 0x80 // flag: the code 256 clears the table
	lzwMaxBits  = 16
	lzwClear    = 256
	lzwMaxCodes = 1 << lzwMaxBits
)

// An lzwReader reads codes. Codes come in groups of eight, so that a group has
// whole bytes; where the width changes, the rest of a group is skipped.
type lzwReader struct {
	r       *bufio.Reader
	maxBits int
	block   bool

	width  int // of a code, in bits
	group  [lzwMaxBits]byte
	bits   int // of group that are used
	filled int // bits of group

	next   int // code to be defined
	last   int // code that came before; -1 at the start
	first  byte
	prefix [lzwMaxCodes]uint16
	suffix [lzwMaxCodes]byte
	out    []byte // that was decoded and not read, in reverse order
	err    error
}

func newLZWReader(r io.Reader) (io.ReadCloser, error) {
	br := bufio.NewReader(r)
	var h [3]byte
	if _, err := io.ReadFull(br, h[:]); err != nil {
		return nil, early(err)
	}
	l := &lzwReader{r: br, maxBits: int(h[2] & 31), block: h[2]&lzwBlock != 0, last: -1, width: 9}
	if string(h[:2]) != lzwMagic || l.maxBits < 9 || l.maxBits > lzwMaxBits {
		return nil, errors.New("compress: no such file")
	}
	l.reset()
	return l, nil
}

// reset forgets all codes that were defined.
func (l *lzwReader) reset() {
	l.next = 256
	if l.block {
		l.next++
	}
}

// code reads a code. io.EOF is the error if there is none.
func (l *lzwReader) code() (int, error) {
	// A code has width bits, or one more once the table does not fit into them.
	if l.next > 1<<l.width-1 && l.width < l.maxBits {
		l.width++
		l.bits, l.filled = 0, 0
	}
	if l.filled-l.bits < l.width {
		n, err := io.ReadFull(l.r, l.group[:l.width])
		if n == 0 || err != nil && err != io.ErrUnexpectedEOF {
			return 0, err
		}
		l.bits, l.filled = 0, n*8
		if l.filled < l.width {
			return 0, io.EOF
		}
	}
	code := 0
	for i := range l.width {
		at := l.bits + i
		code |= int(l.group[at/8]>>(at%8)&1) << i
	}
	l.bits += l.width
	return code, nil
}

// Read implements io.Reader.
func (l *lzwReader) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if k := len(l.out); k > 0 {
			p[n] = l.out[k-1]
			l.out = l.out[:k-1]
			n++
			continue
		}
		if l.err == nil {
			l.err = l.decode()
		}
		if l.err != nil {
			if n > 0 {
				return n, nil
			}
			return 0, l.err
		}
	}
	return n, nil
}

// decode reads one code, and puts what it stands for into out.
func (l *lzwReader) decode() error {
	code, err := l.code()
	if err != nil {
		return err
	}
	if code == lzwClear && l.block {
		l.reset()
		l.width, l.last = 9, -1
		l.bits, l.filled = 0, 0
		return nil
	}
	at := code
	switch {
	case l.last < 0:
		if code > 255 {
			return errors.New("compress: bad code")
		}
	case code > l.next, code == l.next && l.next >= 1<<l.maxBits:
		return errors.New("compress: bad code")
	case code == l.next: // the one that is defined now: the last text, and its first byte
		l.out = append(l.out, l.first)
		at = l.last
	}
	for at > 255 {
		l.out = append(l.out, l.suffix[at])
		at = int(l.prefix[at])
	}
	l.first = byte(at)
	l.out = append(l.out, l.first)
	if l.last >= 0 && l.next < 1<<l.maxBits {
		l.prefix[l.next], l.suffix[l.next] = uint16(l.last), l.first
		l.next++
	}
	l.last = code
	return nil
}

// Close implements io.Closer.
func (l *lzwReader) Close() error {
	l.err, l.out = errClosed, nil
	return nil
}

// An lzwWriter writes codes. It keeps its table once that is full.
type lzwWriter struct {
	w      *bufio.Writer
	width  int
	next   int
	at     int // code of the text that is not written yet; -1 at the start
	codes  map[uint32]uint16
	acc    uint64
	bits   int // of acc
	count  int // of codes in the group
	closed bool
}

func newLZWWriter(w io.Writer) io.WriteCloser {
	l := &lzwWriter{w: bufio.NewWriter(w), width: 9, next: lzwClear + 1, at: -1, codes: map[uint32]uint16{}}
	_, _ = l.w.WriteString(lzwMagic + string([]byte{lzwMaxBits | lzwBlock})) // an error stays in w
	return l
}

// Write implements io.Writer.
func (l *lzwWriter) Write(p []byte) (int, error) {
	for i, b := range p {
		if l.at < 0 {
			l.at = int(b)
			continue
		}
		key := uint32(l.at)<<8 | uint32(b)
		if code, ok := l.codes[key]; ok {
			l.at = int(code)
			continue
		}
		if err := l.put(l.at); err != nil {
			return i, err
		}
		if l.next < lzwMaxCodes {
			l.codes[key] = uint16(l.next)
			l.next++
		}
		l.at = int(b)
	}
	return len(p), nil
}

// put writes a code, and fills up the group if the next one is wider. A reader
// defines each code one step later than the writer.
func (l *lzwWriter) put(code int) error {
	l.acc |= uint64(code) << l.bits
	l.bits += l.width
	l.count++
	for l.bits >= 8 {
		if err := l.w.WriteByte(byte(l.acc)); err != nil {
			return err
		}
		l.acc >>= 8
		l.bits -= 8
	}
	if l.next > 1<<l.width-1 && l.width < lzwMaxBits {
		for ; l.count%8 != 0; l.count++ {
			l.bits += l.width
			for l.bits >= 8 {
				if err := l.w.WriteByte(byte(l.acc)); err != nil {
					return err
				}
				l.acc >>= 8
				l.bits -= 8
			}
		}
		l.width++
		l.count = 0
	}
	return nil
}

// Close implements io.Closer.
func (l *lzwWriter) Close() error {
	if l.closed {
		return nil
	}
	l.closed = true
	if l.at >= 0 {
		if err := l.put(l.at); err != nil {
			return err
		}
	}
	if l.bits > 0 {
		if err := l.w.WriteByte(byte(l.acc)); err != nil {
			return err
		}
	}
	return l.w.Flush()
}
