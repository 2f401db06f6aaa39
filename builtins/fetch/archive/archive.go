// Package archive reads archives into tree files: tar, plain or compressed, and zip.
//
//	Unpack   reads an archive, whatever its form, into a tree file
//	Options  what it may use
//
// The form is told by the first bytes, as the reference does it, and not by a name.
// Names and links of an archive mean nothing to the file system, see package treefile.
//
// What comes out is bounded by what goes in: an archive of a few bytes that holds
// gigabytes is an error before they are written.
package archive

// This file defines Unpack, and how the form of an archive is told.

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/firn-lang/firn/builtins/fetch/treefile"
	"github.com/firn-lang/firn/eval/budget"
)

// A Decompressor returns what the stream r holds. method is a name of package
// compression: "xz", "zstd" and so on.
type Decompressor func(method string, r io.Reader) (io.ReadCloser, error)

// Options are what Unpack may use.
type Options struct {
	// Decompress reads compressions other than gzip and bzip2; nil if nothing does.
	Decompress Decompressor
	// Spool keeps what a zip archive has until it is read at random; it must be empty.
	// Nil keeps it in memory.
	Spool Spool
	// Budget is charged for names, not for contents; nil is unlimited.
	Budget budget.Budget
}

// A Spool is a temporary file.
type Spool interface {
	io.Writer
	io.ReaderAt
}

// Limits of an archive.
const (
	maxEntries = 2_000_000
	maxName    = 1 << 14 // bytes of a name or the target of a link
	maxLayers  = 4       // compressions within each other
	freeBytes  = 1 << 30 // that may come out of any archive
	maxRatio   = 300     // bytes that may come out for a byte that went in, beyond freeBytes
	entryBytes = 200     // that an entry takes in memory, besides its name
)

// An Error says that an archive cannot be unpacked.
type Error struct{ text string }

func (e *Error) Error() string { return e.text }

// ErrorCode returns the code that evaluators give the error.
func (e *Error) ErrorCode() string { return "file" }

func errorf(format string, args ...any) error { return &Error{fmt.Sprintf(format, args...)} }

// ErrNoArchive is the error of bytes that are no archive.
var ErrNoArchive = errorf("Failed to open archive (Unrecognized archive format)")

// Unpack reads an archive to its end, and returns the time of its newest entry; the zero
// time if it has none. It adds the entries to w, which the caller must close. An archive
// without any bytes has no entries.
func Unpack(ctx context.Context, r io.Reader, w *treefile.Writer, opt Options) (time.Time, error) {
	u := &unpacker{ctx: ctx, w: w, opt: opt}
	u.in.r = budget.Reader(opt.Budget, r)
	err := u.unpack(&u.in)
	return u.latest, err
}

// An unpacker is the state of Unpack.
type unpacker struct {
	ctx     context.Context
	w       *treefile.Writer
	opt     Options
	in      counter // of the archive as it comes
	out     int64   // bytes of contents so far
	entries int
	latest  time.Time
}

// A counter counts the bytes that are read.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// unpack looks at the first bytes of r, takes off compressions, and reads what is below.
func (u *unpacker) unpack(r io.Reader) error {
	for range maxLayers + 1 {
		b := bufio.NewReaderSize(r, 64<<10)
		head, err := b.Peek(512)
		if err != nil && err != io.EOF {
			return err
		}
		switch {
		case len(head) == 0:
			return nil
		case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
			return u.zip(b)
		case isTar(head):
			if err := u.tar(b); err != nil {
				return err
			}
			return drain(u, b)
		}
		method := compressionOf(head)
		if method == "" {
			return notArchive(head)
		}
		z, err := u.decompress(method, b)
		if err != nil {
			return fmt.Errorf("cannot decompress the archive (%s): %w", method, err)
		}
		defer z.Close()
		// Empty folders cost blocks too, so all that comes out counts, not contents alone.
		r = &guard{u: u, r: z}
	}
	return errorf("the archive is compressed more than %d times", maxLayers)
}

// compressionOf returns the compression of a stream that begins with head; "" if it is
// none that is known.
func compressionOf(head []byte) string {
	for _, c := range []struct{ magic, method string }{
		{"\x1f\x8b", "gzip"},
		{"BZh", "bzip2"},
		{"\xfd7zXZ\x00", "xz"},
		{"\x28\xb5\x2f\xfd", "zstd"},
		{"LZIP", "lzip"},
		{"\x04\x22\x4d\x18", "lz4"},
		{"\x1f\x9d", "compress"},
		{"\x5d\x00\x00", "lzma"}, // which has no magic; these are the usual properties
	} {
		if bytes.HasPrefix(head, []byte(c.magic)) {
			return c.method
		}
	}
	return ""
}

// decompress returns what a compressed stream holds.
func (u *unpacker) decompress(method string, r io.Reader) (io.ReadCloser, error) {
	switch {
	case u.opt.Decompress != nil:
		return u.opt.Decompress(method, r)
	case method == "gzip":
		return gzip.NewReader(r)
	case method == "bzip2":
		return io.NopCloser(bzip2.NewReader(r)), nil
	}
	return nil, errors.New("this compression is not supported here")
}

// A guard reads what comes out of a decompressor, as long as it is not too much for what
// went in.
type guard struct {
	u *unpacker
	r io.Reader
	n int64
}

func (g *guard) Read(p []byte) (int, error) {
	if err := context.Cause(g.u.ctx); err != nil {
		return 0, err
	}
	if err := budget.Tick(g.u.opt.Budget, 1+len(p)>>12); err != nil {
		return 0, err
	}
	n, err := g.r.Read(p)
	if g.n += int64(n); g.n > freeBytes+maxRatio*g.u.in.n {
		return n, errorf("the archive unpacks to more than %d times its size", maxRatio)
	}
	return n, err
}

// isTar reports whether a file that begins with head is a tar archive: its first block
// has a checksum that is right, or is the end of an archive without files.
func isTar(head []byte) bool {
	if len(head) < 512 {
		return false
	}
	const at, n = 148, 8
	unsigned, signed := int64(0), int64(0)
	for i, c := range head {
		if i >= at && i < at+n {
			c = ' '
		}
		unsigned += int64(c)
		signed += int64(int8(c))
	}
	if unsigned == n*' ' && bytes.Count(head, []byte{0}) == len(head) {
		return true
	}
	want := int64(0)
	for _, c := range bytes.Trim(head[at:at+n], " \x00") {
		if c < '0' || c > '7' {
			return false
		}
		want = want*8 + int64(c-'0')
	}
	return want != 0 && (want == unsigned || want == signed)
}

// notArchive returns the error for bytes that begin with head.
func notArchive(head []byte) error {
	text := bytes.ToLower(bytes.TrimSpace(head))
	for _, tag := range []string{"<!doctype html", "<html", "<head"} {
		if bytes.HasPrefix(text, []byte(tag)) {
			return errorf("the server sent a page (HTML) and not an archive; does the URL need a login, or lead to the page about the file?")
		}
	}
	return ErrNoArchive
}

// drain reads what is left of a stream, so that checksums at its end are compared. Bytes
// behind the end that are no stream are ignored, as the reference does: padding of tapes.
func drain(u *unpacker, r io.Reader) error {
	_, err := io.Copy(io.Discard, struct{ io.Reader }{r})
	var structural bzip2.StructuralError
	if errors.Is(err, gzip.ErrHeader) || errors.As(err, &structural) && strings.Contains(err.Error(), "magic") {
		return nil
	}
	if err != nil && err.Error() == "gzip: invalid header" { // of another package
		return nil
	}
	return err
}

// begin counts an entry, and checks its names.
func (u *unpacker) begin(name, target string, modified time.Time) error {
	if err := context.Cause(u.ctx); err != nil {
		return err
	}
	if u.entries++; u.entries > maxEntries {
		return errorf("the archive has more than %d entries", maxEntries)
	}
	if max(len(name), len(target)) > maxName {
		return errorf("a file name in the archive has more than %d bytes", maxName)
	}
	if err := budget.Tick(u.opt.Budget, 8); err != nil {
		return err
	}
	if err := budget.Charge(u.opt.Budget, entryBytes+len(name)+len(target)); err != nil {
		return err
	}
	if modified.After(u.latest) {
		u.latest = modified
	}
	return nil
}

// tar reads the entries of a tar archive.
func (u *unpacker) tar(r io.Reader) error {
	archive := tar.NewReader(r)
	for {
		entry, err := archive.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if entry.Typeflag == tar.TypeXGlobalHeader { // no file; git archive writes the commit there
			continue
		}
		if err := u.begin(entry.Name, entry.Linkname, entry.ModTime); err != nil {
			return err
		}
		switch entry.Typeflag {
		case tar.TypeReg, tar.TypeCont, tar.TypeGNUSparse:
			if strings.HasSuffix(entry.Name, "/") { // as old archives have folders
				err = u.w.Directory(entry.Name)
				break
			}
			err = u.file(entry.Name, entry.Mode&0o100 != 0, archive)
		case tar.TypeDir:
			err = u.w.Directory(entry.Name)
		case tar.TypeSymlink:
			err = u.w.Symlink(entry.Name, entry.Linkname)
		case tar.TypeLink:
			err = u.w.Link(entry.Name, entry.Linkname)
		default:
			err = errorf("file '%s' in tarball has unsupported file type %d", entry.Name, fileTypes[entry.Typeflag])
		}
		if err != nil {
			return err
		}
	}
}

// fileTypes are the numbers that Unix has for types of entries that are refused.
var fileTypes = map[byte]int{tar.TypeChar: 0o20000, tar.TypeBlock: 0o60000, tar.TypeFifo: 0o10000}

// file adds a file. Sparse files may be large without bytes in the archive.
func (u *unpacker) file(name string, executable bool, r io.Reader) error {
	limit := freeBytes + maxRatio*u.in.n - u.out
	from := u.w.Size()
	if err := u.w.File(name, executable, io.LimitReader(r, limit+1)); err != nil {
		return err
	}
	n := u.w.Size() - from
	if u.out += n; n > limit {
		return errorf("the archive unpacks to more than %d times its size", maxRatio)
	}
	return nil
}
