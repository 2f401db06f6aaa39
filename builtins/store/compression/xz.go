package compression

// This file defines the xz container around LZMA2.

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"hash/crc64"
	"io"

	"github.com/ulikunitz/xz"
	"github.com/ulikunitz/xz/lzma"
)

// The container is read here, and not by the package xz: that one takes as much
// memory as a block claims to need, which is up to 4 GiB, and reads some small
// files that were cut short without an error.

const (
	xzMagic   = "\xfd7zXZ\x00"
	xzFooter  = "YZ"
	xzFilter  = 0x21 // LZMA2
	xzHeader  = 12   // bytes of a stream's header, and of its footer
	xzMaxHead = 1024 // bytes of a block's header
)

// xzError returns the error of a bad stream.
func xzError(what string) error { return errors.New("xz: " + what) }

// xzSum returns the hash that checks each block, by the flag of the stream.
func xzSum(flag byte) (hash.Hash, error) {
	switch flag {
	case 0:
		return nil, nil
	case 1:
		return little{crc32.NewIEEE()}, nil
	case 4:
		return little{crc64.New(crc64.MakeTable(crc64.ECMA))}, nil
	case 10:
		return sha256.New(), nil
	}
	return nil, fmt.Errorf("xz: unknown kind of check %d", flag)
}

// A little is a CRC whose bytes are in the order of xz.
type little struct{ hash.Hash }

// Sum implements hash.Hash.
func (h little) Sum(b []byte) []byte {
	at := len(b)
	b = h.Hash.Sum(b)
	for i, j := at, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return b
}

// A record is what the index says of a block.
type record struct{ packed, unpacked int64 }

// maxRecords is how many blocks a stream can have, so that hostile ones take no
// memory. xz makes blocks of some MiB.
const maxRecords = 1 << 20

// An xzReader reads streams, one behind the other.
type xzReader struct {
	r    *counter
	size int64 // of all that is read; 0 if it is not known

	flags  [2]byte
	sum    hash.Hash // of the block; nil without one
	blocks []record  // of the stream, as they were read
	body   *lzma.Reader2
	start  int64  // of the block, in the input
	data   int64  // where its data begins
	n      int64  // bytes of the block that were read
	sizes  record // that its header claims; -1 if it does not
	err    error
}

// A counter counts what is read.
type counter struct {
	*bufio.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}

func (c *counter) ReadByte() (byte, error) {
	b, err := c.Reader.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}

// full reads exactly len(p) bytes.
func (c *counter) full(p []byte) error {
	_, err := io.ReadFull(c, p)
	return early(err)
}

// early returns err; the end of the input is an error wherever it comes.
func early(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

func newXZReader(r io.Reader, size int64) (io.ReadCloser, error) {
	x := &xzReader{r: &counter{Reader: bufio.NewReaderSize(r, 64<<10)}, size: size}
	if err := x.header(); err != nil {
		return nil, early(err)
	}
	return x, nil
}

// Close implements io.Closer.
func (x *xzReader) Close() error {
	x.err, x.body = errClosed, nil
	return nil
}

var errClosed = errors.New("read after Close")

// Read implements io.Reader.
func (x *xzReader) Read(p []byte) (int, error) {
	for x.err == nil && len(p) > 0 {
		if x.body == nil {
			x.err = x.next()
			continue
		}
		n, err := x.body.Read(p)
		x.n += int64(n)
		if x.sum != nil {
			x.sum.Write(p[:n])
		}
		if err == io.EOF {
			err = x.endBlock()
		}
		x.err = early(err)
		if n > 0 {
			return n, nil
		}
	}
	return 0, x.err
}

// header reads the header of a stream. io.EOF is the error if there is none.
func (x *xzReader) header() error {
	var h [xzHeader]byte
	if _, err := io.ReadFull(x.r, h[:]); err != nil {
		return err
	}
	if string(h[:6]) != xzMagic {
		return xzError("no such stream")
	}
	copy(x.flags[:], h[6:])
	if crc32.ChecksumIEEE(h[6:8]) != binary.LittleEndian.Uint32(h[8:]) {
		return xzError("wrong checksum of a header")
	}
	if h[6] != 0 || h[7] > 15 {
		return xzError("unknown flags")
	}
	var err error
	x.sum, err = xzSum(h[7])
	x.blocks = x.blocks[:0]
	return err
}

// next begins the next block, or ends the stream and begins the next one.
func (x *xzReader) next() error {
	x.start = x.r.n
	size, err := x.r.ReadByte()
	if err != nil {
		return early(err)
	}
	if size != 0 {
		return x.block(int(size)*4 + 4)
	}
	if err := x.index(); err != nil {
		return err
	}
	for { // padding between streams: zeros, four by four
		b, err := x.r.Peek(4)
		if len(b) == 0 && err == io.EOF {
			return io.EOF
		}
		if len(b) < 4 || !bytes.Equal(b, make([]byte, 4)) {
			break
		}
		if _, err := x.r.Discard(4); err != nil {
			return err
		}
	}
	return early(x.header())
}

// varint reads a number of the container.
func varint(r io.ByteReader) (int64, error) {
	n, err := binary.ReadUvarint(r)
	if err != nil || n > 1<<62 {
		return 0, xzError("bad number")
	}
	return int64(n), nil
}

// block reads the header of a block, which is size bytes long, and begins it.
func (x *xzReader) block(size int) error {
	var buf [xzMaxHead]byte
	h := buf[:size]
	h[0] = byte(size/4 - 1)
	if err := x.r.full(h[1:]); err != nil {
		return err
	}
	if crc32.ChecksumIEEE(h[:size-4]) != binary.LittleEndian.Uint32(h[size-4:]) {
		return xzError("wrong checksum of a block's header")
	}
	flags, rest := h[1], bytes.NewReader(h[2:size-4])
	x.sizes = record{-1, -1}
	for i, at := range []*int64{&x.sizes.packed, &x.sizes.unpacked} {
		if flags>>(6+i)&1 == 1 {
			var err error
			if *at, err = varint(rest); err != nil {
				return err
			}
		}
	}
	id, err := varint(rest)
	if err != nil {
		return err
	}
	if flags&3 != 0 || id != xzFilter {
		return xzError("filters other than LZMA2 are not supported")
	}
	if n, err := varint(rest); err != nil || n != 1 {
		return xzError("bad filter")
	}
	code, err := rest.ReadByte()
	if err != nil || code > 40 {
		return xzError("bad filter")
	}
	for rest.Len() > 0 {
		if b, _ := rest.ReadByte(); b != 0 {
			return xzError("bad block header")
		}
	}
	claimed := int64(2|code&1) << (code/2 + 11)
	if code == 40 {
		claimed = 1<<32 - 1
	}
	if x.sizes.unpacked > 0 {
		claimed = min(claimed, x.sizes.unpacked)
	}
	dict, err := window(claimed, x.size)
	if err != nil {
		return err
	}
	if x.sum != nil {
		x.sum.Reset()
	}
	x.data, x.n = x.r.n, 0
	x.body, err = lzma.Reader2Config{DictCap: dict}.NewReader2(x.r)
	return early(err)
}

// endBlock reads what follows the data of a block.
func (x *xzReader) endBlock() error {
	x.body = nil
	packed := x.r.n - x.data
	if x.sizes.packed >= 0 && x.sizes.packed != packed || x.sizes.unpacked >= 0 && x.sizes.unpacked != x.n {
		return xzError("wrong size of a block")
	}
	if err := x.zeros(-packed & 3); err != nil {
		return err
	}
	unpadded := x.data - x.start + packed
	if x.sum != nil {
		var got [sha256.Size]byte
		want := x.sum.Sum(nil)
		if err := x.r.full(got[:len(want)]); err != nil {
			return err
		}
		if !bytes.Equal(got[:len(want)], want) {
			return xzError("wrong checksum of a block")
		}
		unpadded += int64(len(want))
	}
	if len(x.blocks) >= maxRecords {
		return xzError("too many blocks")
	}
	x.blocks = append(x.blocks, record{unpadded, x.n})
	return nil
}

// zeros reads n bytes that must be zero.
func (x *xzReader) zeros(n int64) error {
	for range n {
		b, err := x.r.ReadByte()
		if err != nil {
			return early(err)
		}
		if b != 0 {
			return xzError("padding is not zero")
		}
	}
	return nil
}

// index reads the index from behind its first byte, and the footer.
func (x *xzReader) index() error {
	sum := crc32.NewIEEE()
	sum.Write([]byte{0})
	r := &summed{x.r, sum}
	n, err := varint(r)
	if err != nil || n != int64(len(x.blocks)) {
		return xzError("the index has another number of blocks")
	}
	for _, b := range x.blocks {
		packed, err := varint(r)
		if err != nil || packed != b.packed {
			return xzError("the index has another block")
		}
		if unpacked, err := varint(r); err != nil || unpacked != b.unpacked {
			return xzError("the index has another block")
		}
	}
	pad := -(x.r.n - x.start) & 3
	if err := x.zeros(pad); err != nil {
		return err
	}
	sum.Write(make([]byte, pad))
	var f [4 + xzHeader]byte
	if err := x.r.full(f[:]); err != nil {
		return err
	}
	footer := f[4:]
	size := x.r.n - xzHeader - x.start
	switch {
	case binary.LittleEndian.Uint32(f[:]) != sum.Sum32():
		return xzError("wrong checksum of the index")
	case string(footer[10:]) != xzFooter, crc32.ChecksumIEEE(footer[4:10]) != binary.LittleEndian.Uint32(footer):
		return xzError("bad footer")
	case int64(binary.LittleEndian.Uint32(footer[4:])+1)*4 != size, !bytes.Equal(footer[8:10], x.flags[:]):
		return xzError("footer and stream differ")
	}
	return nil
}

// A summed reads bytes, and hashes them.
type summed struct {
	r   io.ByteReader
	sum io.Writer
}

func (s *summed) ReadByte() (byte, error) {
	b, err := s.r.ReadByte()
	if err == nil {
		s.sum.Write([]byte{b})
	}
	return b, err
}

// dictSizes are the windows of the levels of xz, in bytes.
var dictSizes = [...]int{256 << 10, 1 << 20, 2 << 20, 4 << 20, 4 << 20, 8 << 20, 8 << 20, 16 << 20, 32 << 20, 64 << 20}

// dictSize returns the window of a writer: that of the level, or less if all that
// will be written fits into less. The library takes five times as much memory,
// and clears it.
func dictSize(o Options) int {
	const defaultLevel = 6
	size := dictSizes[or(o.Level, defaultLevel)]
	for o.Size > 0 && size > minWindow && int64(size)/2 >= o.Size {
		size /= 2
	}
	return size
}

func newXZWriter(w io.Writer, o Options) (io.WriteCloser, error) {
	return xz.WriterConfig{DictCap: dictSize(o)}.NewWriter(w)
}
