package archive_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/fetch/archive"
	"github.com/firn-lang/firn/builtins/fetch/treefile"
	"github.com/firn-lang/firn/builtins/store/compression"
	"github.com/firn-lang/firn/eval/budget/budgettest"
	"github.com/firn-lang/firn/eval/world"
)

var options = archive.Options{Decompress: func(method string, r io.Reader) (io.ReadCloser, error) {
	return compression.NewReader(compression.Method(method), r, 0)
}}

// unpack returns the tree of an archive.
func unpack(ctx context.Context, r io.Reader, opt archive.Options) (*treefile.Tree, time.Time, error) {
	var buf bytes.Buffer
	w, err := treefile.NewWriter(&buf)
	if err != nil {
		return nil, time.Time{}, err
	}
	newest, err := archive.Unpack(ctx, r, w, opt)
	if err == nil {
		err = w.Close(true)
	}
	if err != nil {
		return nil, newest, err
	}
	tree, err := treefile.Open(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
	return tree, newest, err
}

// tarball returns a tar archive of headers. The Uname of each is not that, but the contents.
func tarball(t testing.TB, headers ...tar.Header) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := tar.NewWriter(&buf)
	for _, h := range headers {
		text := h.Uname
		h.Uname, h.Size = "", int64(len(text))
		require.NoError(t, w.WriteHeader(&h))
		_, err := w.Write([]byte(text))
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return buf.Bytes()
}

// file is the header of a file with a text.
func file(name, text string) tar.Header {
	return tar.Header{Name: name, Mode: 0o644, Uname: text, ModTime: time.Unix(1000, 0)}
}

func compressed(t testing.TB, method compression.Method, data []byte) []byte {
	t.Helper()
	var buf bytes.Buffer
	w, err := compression.NewWriter(method, &buf, compression.Options{})
	require.NoError(t, err)
	_, err = w.Write(data)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return buf.Bytes()
}

func read(t testing.TB, tree world.Host, p string) string {
	t.Helper()
	data, err := world.ReadFile(t.Context(), tree, p, math.MaxInt64)
	require.NoError(t, err, p)
	return string(data)
}

// zipped is an archive with the same tree as the tarballs of TestForms.
func zipped(t testing.TB) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, f := range []struct {
		name, text string
		mode       fs.FileMode
	}{{"top/f", "text", 0o755}, {"top/dir/", "", fs.ModeDir | 0o755}, {"top/l", "../../x", fs.ModeSymlink | 0o777}} {
		h := &zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: time.Unix(2000, 0)}
		h.SetMode(f.mode)
		out, err := w.CreateHeader(h)
		require.NoError(t, err)
		_, err = out.Write([]byte(f.text))
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return buf.Bytes()
}

func TestForms(t *testing.T) {
	run := file("top/f", "text")
	run.Mode, run.ModTime = 0o755, time.Unix(2000, 0)
	plain := tarball(t,
		tar.Header{Typeflag: tar.TypeXGlobalHeader, PAXRecords: map[string]string{"comment": "revision"}},
		run, tar.Header{Typeflag: tar.TypeDir, Name: "top/dir/", Mode: 0o755}, tar.Header{Typeflag: tar.TypeSymlink, Name: "top/l", Linkname: "../../x"})
	forms := map[string][]byte{"tar": plain, "zip": zipped(t), "twice": compressed(t, compression.XZ, compressed(t, compression.Gzip, plain))}
	for _, m := range []compression.Method{compression.Gzip, compression.Bzip2, compression.XZ, compression.Zstd, compression.Lzip, compression.LZMA, compression.LZ4, compression.Compress} {
		forms[string(m)] = compressed(t, m, plain)
	}
	// As on tapes.
	forms["padded gzip"] = append(compressed(t, compression.Gzip, plain), make([]byte, 1000)...)
	forms["padded bzip2"] = append(compressed(t, compression.Bzip2, plain), make([]byte, 1000)...)
	for name, data := range forms {
		t.Run(name, func(t *testing.T) {
			tree, newest, err := unpack(t.Context(), iotest.HalfReader(bytes.NewReader(data)), options)
			require.NoError(t, err)
			assert.Equal(t, int64(2000), newest.Unix())
			assert.Equal(t, "text", read(t, tree, "/f"))
			info, err := tree.Lstat(t.Context(), "/f")
			require.NoError(t, err)
			assert.True(t, info.Executable)
			target, err := tree.ReadLink(t.Context(), "/l")
			require.NoError(t, err)
			assert.Equal(t, "../../x", target)
			info, err = tree.Lstat(t.Context(), "/dir")
			require.NoError(t, err)
			assert.Equal(t, world.Directory, info.Type)
		})
	}
}

func TestErrors(t *testing.T) {
	plain := tarball(t, file("f", strings.Repeat("text", 1000)))
	packed := compressed(t, compression.Gzip, plain)
	fifo := tarball(t, tar.Header{Typeflag: tar.TypeFifo, Name: "pipe"})
	damaged := bytes.Clone(packed)
	damaged[len(damaged)-6] ^= 1 // of the checksum
	layers := plain
	for range 6 {
		layers = compressed(t, compression.Gzip, layers)
	}
	for _, tt := range []struct {
		name string
		data []byte
		want string
	}{
		{"text", []byte("no archive"), "Unrecognized archive format"},
		{"page", []byte("\n<!DOCTYPE html><title>Sign in</title>"), "the server sent a page (HTML) and not an archive"},
		{"cut", packed[:len(packed)/2], "unexpected EOF"},
		{"cut in a file", plain[:1000], "unexpected EOF"},
		{"checksum", damaged, "checksum"},
		{"pipe", fifo, "file 'pipe' in tarball has unsupported file type 4096"},
		{"layers", layers, "compressed more than 4 times"},
		{"long name", tarball(t, file(strings.Repeat("n", 20000), "")), "more than 16384 bytes"},
		{"cut zip", zipped(t)[:100], "zip"},
	} {
		_, _, err := unpack(t.Context(), bytes.NewReader(tt.data), options)
		assert.ErrorContains(t, err, tt.want, tt.name)
	}
	_, _, err := unpack(t.Context(), bytes.NewReader(compressed(t, compression.XZ, plain)), archive.Options{})
	assert.ErrorContains(t, err, "not supported here")
	broken := errors.New("broken")
	_, _, err = unpack(t.Context(), io.MultiReader(bytes.NewReader(packed[:20]), iotest.ErrReader(broken)), options)
	assert.ErrorIs(t, err, broken)
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(broken)
	_, _, err = unpack(ctx, bytes.NewReader(plain), options)
	assert.ErrorIs(t, err, broken)
}

// TestEmpty shows that no bytes are an archive without files, as in the reference.
func TestEmpty(t *testing.T) {
	for _, data := range [][]byte{nil, tarball(t)} {
		tree, newest, err := unpack(t.Context(), bytes.NewReader(data), options)
		require.NoError(t, err)
		assert.True(t, newest.IsZero())
		entries, err := tree.ReadDir(t.Context(), "/")
		require.NoError(t, err)
		assert.Empty(t, entries)
	}
}

// endless yields zeros, and counts them.
type endless struct{ n int64 }

func (e *endless) Read(p []byte) (int, error) {
	clear(p)
	e.n += int64(len(p))
	return len(p), nil
}

// TestBomb shows that an archive of a few megabytes that holds very much is an error before
// more came out of it than the limits say.
func TestBomb(t *testing.T) {
	if testing.Short() {
		t.Skip("writes more than a gigabyte to nowhere")
	}
	var head bytes.Buffer
	w := tar.NewWriter(&head)
	require.NoError(t, w.WriteHeader(&tar.Header{Name: "zeros", Size: 1 << 40, Format: tar.FormatGNU}))
	r, pipe := io.Pipe()
	source := &endless{}
	go func() {
		z, _ := gzip.NewWriterLevel(pipe, gzip.BestSpeed)
		_, err := io.Copy(z, io.MultiReader(&head, source))
		pipe.CloseWithError(err)
	}()
	out, err := treefile.NewWriter(io.Discard)
	require.NoError(t, err)
	_, err = archive.Unpack(t.Context(), r, out, options)
	r.CloseWithError(err)
	// Deflate makes a thousandth of zeros; the limit is a gigabyte and 300 times the size.
	assert.ErrorContains(t, err, "more than 300 times its size")
	assert.Less(t, source.n, int64(3<<30))
}

// TestManyEntries unpacks 100,000 files, and looks at the memory that takes.
func TestManyEntries(t *testing.T) {
	const n = 100_000
	r, pipe := io.Pipe()
	go func() {
		w := tar.NewWriter(pipe)
		for i := range n {
			_ = w.WriteHeader(&tar.Header{Name: fmt.Sprintf("top/%d/%d", i%100, i), Mode: 0o644})
		}
		pipe.CloseWithError(w.Close())
	}()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	tree, _, err := unpack(t.Context(), r, options)
	runtime.ReadMemStats(&after)
	require.NoError(t, err)
	assert.Less(t, after.Sys-min(before.Sys, after.Sys), uint64(300<<20))
	entries, err := tree.ReadDir(t.Context(), "/7")
	require.NoError(t, err)
	assert.Len(t, entries, n/100)
}

// TestBudget ends unpacking at each step that it asks for.
func TestBudget(t *testing.T) {
	data := tarball(t, file("a", "text"), file("b", "text"))
	opt := options
	counted := &budgettest.Budget{}
	opt.Budget = counted
	_, _, err := unpack(t.Context(), bytes.NewReader(data), opt)
	require.NoError(t, err)
	assert.Greater(t, counted.Charged, 400)
	for n := range counted.Ticks {
		opt.Budget = &budgettest.Budget{MaxTicks: n + 1}
		_, _, err := unpack(t.Context(), bytes.NewReader(data), opt)
		assert.ErrorIs(t, err, budgettest.ErrStop)
	}
	opt.Budget = &budgettest.Budget{MaxBytes: 300}
	_, _, err = unpack(t.Context(), bytes.NewReader(data), opt)
	assert.ErrorIs(t, err, budgettest.ErrFull)
}

// FuzzUnpack unpacks anything: it ends, in bounded memory, and what comes out is a tree.
func FuzzUnpack(f *testing.F) {
	plain := tarball(f, file("top/f", "text"), tar.Header{Typeflag: tar.TypeLink, Name: "top/h", Linkname: "top/f"},
		tar.Header{Typeflag: tar.TypeSymlink, Name: "top/../../l", Linkname: "/etc"})
	f.Add(plain)
	f.Add(zipped(f))
	for _, m := range []compression.Method{compression.Gzip, compression.Bzip2, compression.XZ, compression.Zstd, compression.Lzip, compression.LZ4} {
		f.Add(compressed(f, m, plain))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		out := &limited{}
		w, err := treefile.NewWriter(out)
		require.NoError(t, err)
		if _, err := archive.Unpack(t.Context(), bytes.NewReader(data), w, options); err != nil || w.Close(true) != nil {
			return
		}
		tree, err := treefile.Open(bytes.NewReader(out.Bytes()), int64(out.Len()))
		require.NoError(t, err)
		_, err = tree.ReadDir(t.Context(), "/")
		require.NoError(t, err)
	})
}

// limited takes no more than some megabytes.
type limited struct{ bytes.Buffer }

func (l *limited) Write(p []byte) (int, error) {
	if l.Len() > 16<<20 {
		return 0, errors.New("too much")
	}
	return l.Buffer.Write(p)
}
