// Package compression reads and writes the compressions of archives and logs that
// Nix knows.
//
//	Method      a compression, by the name that a NAR info file gives it
//	NewReader   what a compressed stream holds
//	NewWriter   a compressed stream
//
// All of it is Go: zstd is klauspost/compress, gzip the standard library (which net/http brings
// anyway), xz, lzma and lzip are
// made of the LZMA coders of ulikunitz/xz, brotli is andybalholm/brotli, lz4 is
// pierrec/lz4, bzip2 is written by dsnet/compress (the standard library only reads
// it; the module rests, and its format does too), compress is small enough to be
// here.
//
// A stream from elsewhere may claim what it likes. A reader takes no more memory
// than the window of its method, and that is limited; how much comes out is for
// the caller to limit.
package compression

// This file defines Method, and which library does what.

import (
	"compress/bzip2"
	"compress/gzip"
	"fmt"
	"io"
	"slices"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/andybalholm/brotli/matchfinder"
	bzip2w "github.com/dsnet/compress/bzip2"
	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"
)

// A Method is a compression, by its name.
type Method string

// The methods.
const (
	None     Method = "none"
	XZ       Method = "xz"
	Bzip2    Method = "bzip2"
	Gzip     Method = "gzip"
	Zstd     Method = "zstd"
	Brotli   Method = "br"
	Lzip     Method = "lzip"
	LZMA     Method = "lzma"
	LZ4      Method = "lz4"
	Compress Method = "compress" // LZW, of Unix
)

// methods are the properties of the methods. The suffix is the one of archives; a
// few have none, so that only a NAR info file tells what an archive is.
var methods = map[Method]struct {
	suffix string
	levels [2]int // lowest, highest; both 0 if any level is taken, and none matters
}{
	None:     {"", [2]int{}},
	XZ:       {".xz", [2]int{0, 9}},
	Bzip2:    {".bz2", [2]int{1, 9}},
	Gzip:     {"", [2]int{0, 9}},
	Zstd:     {".zst", [2]int{-131072, 22}},
	Brotli:   {".br", [2]int{}},
	Lzip:     {".lzip", [2]int{0, 9}},
	LZMA:     {"", [2]int{0, 9}},
	LZ4:      {".lz4", [2]int{1, 9}},
	Compress: {"", [2]int{}},
}

// external are methods whose name the reference knows, and for which it needs
// another program.
var external = map[Method]bool{"lzop": true, "lrzip": true, "grzip": true}

// An UnknownError says that a name is no method.
type UnknownError struct{ Name string }

func (e *UnknownError) Error() string { return fmt.Sprintf("unknown compression method '%s'", e.Name) }

// Parse returns the method of that name.
func Parse(name string) (Method, error) {
	m := Method(name)
	if _, known := methods[m]; known || external[m] {
		return m, nil
	}
	return "", &UnknownError{name}
}

// Names returns the names of all methods, sorted.
func Names() []string {
	var out []string
	for m := range methods {
		out = append(out, string(m))
	}
	for m := range external {
		out = append(out, string(m))
	}
	slices.Sort(out)
	return out
}

// Suffix returns what is behind ".nar" in the name of an archive.
func (m Method) Suffix() string { return methods[m].suffix }

// maxWindow is the largest window of a stream that is read, in bytes. xz -9 has
// half of it, and zstd --ultra -22 all.
const maxWindow = 128 << 20

// minWindow is the least window, in bytes.
const minWindow = 4 << 10

// window returns how much memory a reader keeps of what it wrote, for a stream that
// claims to need claimed bytes of it, and holds size bytes; size is 0 if that is not
// known.
func window(claimed, size int64) (int, error) {
	if size > 0 {
		claimed = min(claimed, size)
	}
	if claimed > maxWindow {
		return 0, fmt.Errorf("the stream needs a window of %d bytes, which is more than %d", claimed, maxWindow)
	}
	return int(max(claimed, minWindow)), nil
}

// NewReader returns what the stream r holds. size is how many bytes that should
// be, which saves memory; 0 if it is not known. The caller must close the reader,
// and closes r itself. More of r may be read than belongs to the stream. Closing
// never fails: faults of the stream are errors of Read alone.
func NewReader(m Method, r io.Reader, size int64) (io.ReadCloser, error) {
	switch m {
	case None:
		return io.NopCloser(r), nil
	case XZ:
		return newXZReader(r, size)
	case Bzip2:
		return io.NopCloser(bzip2.NewReader(r)), nil
	case Gzip:
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, err
		}
		return io.NopCloser(z), nil // its own Close repeats what Read returned
	case Zstd:
		return newZstdReader(r)
	case Brotli:
		return io.NopCloser(brotli.NewReader(r)), nil
	case Lzip:
		return newLzipReader(r, size)
	case LZMA:
		return newLZMAReader(r, size)
	case LZ4:
		return io.NopCloser(lz4.NewReader(r)), nil
	case Compress:
		return newLZWReader(r)
	}
	return nil, &UnknownError{string(m)}
}

// Options say how NewWriter compresses. The zero one is the default.
type Options struct {
	Level int   // as the method counts; 0 and -1 are the method's default
	Size  int64 // how many bytes will be written, which saves memory; 0 if that is not known
}

// defaultLevel is what stands for the method's own default, as 0 does.
const defaultLevel = -1

// NewWriter returns a writer that compresses to w. The caller must close it; w
// stays open.
func NewWriter(m Method, w io.Writer, o Options) (io.WriteCloser, error) {
	if external[m] {
		return nil, fmt.Errorf("couldn't initialize compression (Using external %s program for %s compression)", m, m)
	}
	if l := methods[m].levels; l[0] < l[1] && o.Level != 0 && o.Level != defaultLevel && (o.Level < l[0] || o.Level > l[1]) {
		return nil, fmt.Errorf("failed to compress (compression-level invalid)")
	}
	if o.Level == defaultLevel {
		o.Level = 0
	}
	switch m {
	case None:
		return nopCloser{w}, nil
	case XZ:
		return newXZWriter(w, o)
	case Bzip2:
		return bzip2w.NewWriter(w, &bzip2w.WriterConfig{Level: or(o.Level, bzip2w.BestCompression)})
	case Gzip:
		return gzip.NewWriterLevel(w, or(o.Level, gzip.DefaultCompression))
	case Zstd:
		return newZstdWriter(w, o.Level)
	case Brotli:
		return newBrotliWriter(w), nil
	case Lzip:
		return newLzipWriter(w, o)
	case LZMA:
		return newLZMAWriter(w, o)
	case LZ4:
		return newLZ4Writer(w, o.Level)
	case Compress:
		return newLZWWriter(w), nil
	}
	return nil, &UnknownError{string(m)}
}

// or returns level, or the default if it is 0.
func or(level, def int) int {
	if level == 0 {
		return def
	}
	return level
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

// newBrotliWriter returns a writer of one level, which is about the sixth of eleven. It
// is put together from parts of the library, for what that offers as a whole brings all
// of its encoders, and 600 kB into every program.
func newBrotliWriter(w io.Writer) io.WriteCloser {
	return &matchfinder.Writer{
		Dest:        w,
		MatchFinder: &matchfinder.Bargain1{MaxDistance: brotliWindow},
		Encoder:     &brotli.Encoder{},
		BlockSize:   64 << 10,
	}
}

// brotliWindow is how far back brotli refers, in bytes; the library keeps some of that.
const brotliWindow = 1 << 20

// newLZ4Writer returns a writer of the frame format.
func newLZ4Writer(w io.Writer, level int) (io.WriteCloser, error) {
	z := lz4.NewWriter(w)
	if level > 0 {
		// The library's levels are powers of two, of which the first is 512.
		if err := z.Apply(lz4.CompressionLevelOption(lz4.CompressionLevel(1 << (8 + level)))); err != nil {
			return nil, err
		}
	}
	return z, nil
}

// Zstd coders are kept for others: one has megabytes of tables, and most archives
// are small.
var (
	zstdReaders sync.Pool
	zstdWriters sync.Pool // of the default level
)

// A zstdReader is a decoder that goes back to the pool.
type zstdReader struct{ *zstd.Decoder }

func newZstdReader(r io.Reader) (io.ReadCloser, error) {
	if d, ok := zstdReaders.Get().(*zstd.Decoder); ok {
		if err := d.Reset(r); err != nil {
			return nil, err
		}
		return &zstdReader{d}, nil
	}
	d, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
	if err != nil {
		return nil, err
	}
	return &zstdReader{d}, nil
}

// Close implements io.Closer.
func (r *zstdReader) Close() error {
	if d := r.Decoder; d != nil && d.Reset(nil) == nil {
		zstdReaders.Put(d)
	}
	r.Decoder = nil
	return nil
}

// A zstdWriter is an encoder that goes back to the pool.
type zstdWriter struct {
	*zstd.Encoder
	pooled bool
}

func newZstdWriter(w io.Writer, level int) (io.WriteCloser, error) {
	if level == 0 {
		if e, ok := zstdWriters.Get().(*zstd.Encoder); ok {
			e.Reset(w)
			return &zstdWriter{e, true}, nil
		}
	}
	// Several archives are written at once, each by one goroutine: several for one
	// take more memory, and no less work.
	e, err := zstd.NewWriter(w, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.EncoderLevelFromZstd(or(level, 3))), zstd.WithZeroFrames(true))
	if err != nil {
		return nil, err
	}
	return &zstdWriter{e, level == 0}, nil
}

// Close implements io.Closer.
func (w *zstdWriter) Close() error {
	err := w.Encoder.Close()
	if w.pooled {
		w.pooled = false
		w.Encoder.Reset(nil)
		zstdWriters.Put(w.Encoder)
	}
	return err
}
