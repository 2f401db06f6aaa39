package compression

// This file defines two older containers of LZMA: .lzma, a header and a stream,
// and lzip, which also has checksums.

import (
	"bufio"
	"encoding/binary"
	"errors"
	"hash"
	"hash/crc32"
	"io"

	"github.com/ulikunitz/xz/lzma"
)

// lzmaStream returns what an LZMA stream holds, from behind its header. The header
// is written anew, so that the library takes the memory that is needed, and not
// what the header claims.
func lzmaStream(r *counter, properties byte, claimed, total, size int64) (io.Reader, error) {
	if total >= 0 && (size == 0 || total < size) {
		size = max(total, 1)
	}
	dict, err := window(claimed, size)
	if err != nil {
		return nil, err
	}
	var h [lzma.HeaderLen]byte
	h[0] = properties
	binary.LittleEndian.PutUint32(h[1:], uint32(dict))
	binary.LittleEndian.PutUint64(h[5:], uint64(total))
	return lzma.NewReader(&prefixed{h[:], r})
}

// A prefixed has bytes in front of a counter. It has ReadByte, so that the library
// reads nothing behind the stream.
type prefixed struct {
	head []byte
	r    *counter
}

func (p *prefixed) Read(b []byte) (int, error) {
	if len(p.head) > 0 {
		n := copy(b, p.head)
		p.head = p.head[n:]
		return n, nil
	}
	return p.r.Read(b)
}

func (p *prefixed) ReadByte() (byte, error) {
	if len(p.head) > 0 {
		b := p.head[0]
		p.head = p.head[1:]
		return b, nil
	}
	return p.r.ReadByte()
}

func newLZMAReader(r io.Reader, size int64) (io.ReadCloser, error) {
	c := &counter{Reader: bufio.NewReaderSize(r, 64<<10)}
	var h [lzma.HeaderLen]byte
	if err := c.full(h[:]); err != nil {
		return nil, err
	}
	total := int64(binary.LittleEndian.Uint64(h[5:]))
	if total < -1 {
		return nil, errors.New("lzma: bad size")
	}
	body, err := lzmaStream(c, h[0], int64(binary.LittleEndian.Uint32(h[1:])), total, size)
	if err != nil {
		return nil, early(err)
	}
	return io.NopCloser(body), nil
}

func newLZMAWriter(w io.Writer, o Options) (io.WriteCloser, error) {
	return lzma.WriterConfig{DictCap: dictSize(o), EOSMarker: true}.NewWriter(w)
}

const (
	lzipMagic      = "LZIP\x01"
	lzipHeader     = 6
	lzipTrailer    = 20
	lzipProperties = 0x5d // lc 3, lp 0, pb 2: the only ones that lzip has
)

// An lzipReader reads members, one behind the other.
type lzipReader struct {
	r    *counter
	size int64 // of all that is read; 0 if it is not known

	body  io.Reader // of the member
	sum   hash.Hash32
	n     int64 // bytes of the member that were read
	start int64 // of the member, in the input
	err   error
}

func newLzipReader(r io.Reader, size int64) (io.ReadCloser, error) {
	l := &lzipReader{r: &counter{Reader: bufio.NewReaderSize(r, 64<<10)}, size: size}
	if err := l.member(); err != nil {
		return nil, early(err)
	}
	return l, nil
}

// member begins a member. io.EOF is the error if there is none.
func (l *lzipReader) member() error {
	l.start, l.n, l.sum = l.r.n, 0, crc32.NewIEEE()
	var h [lzipHeader]byte
	if _, err := io.ReadFull(l.r, h[:]); err != nil {
		return err
	}
	exp, part := h[5]&31, int64(h[5]>>5)
	if string(h[:5]) != lzipMagic || exp < 12 || exp > 29 {
		return errors.New("lzip: no such file")
	}
	var err error
	l.body, err = lzmaStream(l.r, lzipProperties, 1<<exp-part<<exp/16, -1, l.size)
	return early(err)
}

// Read implements io.Reader.
func (l *lzipReader) Read(p []byte) (int, error) {
	for l.err == nil && len(p) > 0 {
		n, err := l.body.Read(p)
		l.n += int64(n)
		l.sum.Write(p[:n])
		if err == io.EOF {
			if err = l.trailer(); err == nil {
				err = l.member()
			}
		} else {
			err = early(err)
		}
		l.err = err
		if n > 0 {
			return n, nil
		}
	}
	return 0, l.err
}

// trailer reads what follows the data of a member.
func (l *lzipReader) trailer() error {
	var t [lzipTrailer]byte
	if err := l.r.full(t[:]); err != nil {
		return err
	}
	switch {
	case binary.LittleEndian.Uint32(t[:]) != l.sum.Sum32():
		return errors.New("lzip: wrong checksum")
	case binary.LittleEndian.Uint64(t[4:]) != uint64(l.n), binary.LittleEndian.Uint64(t[12:]) != uint64(l.r.n-l.start):
		return errors.New("lzip: wrong size")
	}
	return nil
}

// Close implements io.Closer.
func (l *lzipReader) Close() error {
	l.err = errClosed
	return nil
}

// An lzipWriter writes one member.
type lzipWriter struct {
	body *lzma.Writer
	out  *headless
	sum  hash.Hash32
	n    uint64
}

// A headless leaves out the header that the library writes, and counts the rest.
type headless struct {
	w    io.Writer
	skip int
	n    uint64
}

func (h *headless) Write(p []byte) (int, error) {
	k := min(h.skip, len(p))
	h.skip -= k
	n, err := h.w.Write(p[k:])
	h.n += uint64(n)
	return k + n, err
}

func newLzipWriter(w io.Writer, o Options) (io.WriteCloser, error) {
	dict := dictSize(o)
	exp := byte(12)
	for 1<<exp < dict {
		exp++
	}
	if _, err := w.Write(append([]byte(lzipMagic), exp)); err != nil {
		return nil, err
	}
	out := &headless{w: w, skip: lzma.HeaderLen}
	body, err := lzma.WriterConfig{DictCap: dict, EOSMarker: true, Properties: &lzma.Properties{LC: 3, PB: 2}}.NewWriter(out)
	if err != nil {
		return nil, err
	}
	return &lzipWriter{body: body, out: out, sum: crc32.NewIEEE()}, nil
}

// Write implements io.Writer.
func (l *lzipWriter) Write(p []byte) (int, error) {
	n, err := l.body.Write(p)
	l.n += uint64(n)
	l.sum.Write(p[:n])
	return n, err
}

// Close implements io.Closer.
func (l *lzipWriter) Close() error {
	if err := l.body.Close(); err != nil {
		return err
	}
	t := binary.LittleEndian.AppendUint32(nil, l.sum.Sum32())
	t = binary.LittleEndian.AppendUint64(t, l.n)
	t = binary.LittleEndian.AppendUint64(t, lzipHeader+l.out.n+lzipTrailer)
	_, err := l.out.w.Write(t)
	return err
}
