package nar

// This file defines the tests of the archive writer. The hashes were recorded with Nix 2.34.8.

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/eval/budget/budgettest"
)

// memory is a file tree in memory. Contents start with '-' for a file, 'x' for an executable one, 'l' for a symbolic
// link and 'd' for a directory.
type memory map[string]string

func (m memory) Lstat(path string) (Info, error) {
	node, ok := m[path]
	if !ok {
		return Info{}, fmt.Errorf("%s: %w", path, fs.ErrNotExist)
	}
	switch node[0] {
	case 'd':
		return Info{Kind: Directory}, nil
	case 'l':
		return Info{Kind: Symlink}, nil
	case '?':
		return Info{Kind: Unknown}, nil
	}
	return Info{Kind: Regular, Executable: node[0] == 'x', Size: int64(len(node)) - 1}, nil
}

func (m memory) ReadDir(path string) (names []string, err error) {
	for p := range m {
		if name, ok := strings.CutPrefix(p, path+"/"); ok && !strings.Contains(name, "/") {
			names = append(names, name)
		}
	}
	return names, nil
}

func (m memory) ReadLink(path string) (string, error) { return m[path][1:], nil }

func (m memory) Open(path string) (io.ReadCloser, error) {
	return io.NopCloser(strings.NewReader(m[path][1:])), nil
}

// sample is the tree whose hashes were recorded.
func sample() memory {
	big := make([]byte, 200003) // more than the buffer holds
	for i := range big {
		big[i] = byte((i*7 + i/251) % 256)
	}
	return memory{
		"/t": "d", "/t/empty": "d", "/t/sub": "d", "/t/sub/deep": "d", "/t/B": "d",
		"/t/a": "-hello\n", "/t/a-b": "-", "/t/a.b": "-12345678",
		"/t/sub/run": "x#!/bin/sh\n", "/t/sub/link": "l../a", "/t/sub/deep/dangling": "l/nowhere",
		"/t/B/big": "-" + string(big), "/t/B/é": "-xxxxxxx",
	}
}

func TestHash(t *testing.T) {
	for _, test := range []struct {
		path string
		algo nixhash.Algo
		want string
	}{
		{"/t", nixhash.SHA256, "efecd685d7e35ae893647abe6f4df149423db1e121c5cd78c1fafa9ca04644a3"},
		{"/t/a", nixhash.SHA1, "0deb52c2735eb38d360f976b7b3823c4ad05cce7"},
		{"/t/sub/link", nixhash.SHA256, "84f4d980c0d2735d26451729d2b7485629d85ebb4bf64e98da167889a511de9f"},
	} {
		h, _, err := Hash(test.algo, sample(), test.path, nil)
		require.NoError(t, err)
		assert.Equal(t, test.want, h.Text(nixhash.Base16), test.path)
	}
	_, n, err := Hash(nixhash.SHA256, sample(), "/t", nil)
	require.NoError(t, err)
	assert.EqualValues(t, 202336, n)

	h, n, err := HashFlat(nixhash.SHA512, sample(), "/t/B/big")
	require.NoError(t, err)
	assert.EqualValues(t, 200003, n)
	assert.Equal(t, "22a68c67828db71396e7ecaef037341865b3760ec71b28e35e29fc22676a260b854687e0cd94f9893d7299985cf4f6688e9f37da6cad8439829d9db6d0930c3d",
		h.Text(nixhash.Base16))
}

func TestFilter(t *testing.T) {
	var asked []string
	filter := func(path string, kind Kind) (bool, error) {
		asked = append(asked, path+" "+kind.String())
		return path != "/t/sub", nil
	}
	h, _, err := Hash(nixhash.SHA256, sample(), "/t", filter)
	require.NoError(t, err)
	assert.Equal(t, []string{
		"/t/B directory", "/t/B/big regular", "/t/B/é regular", "/t/a regular", "/t/a-b regular", "/t/a.b regular",
		"/t/empty directory", "/t/sub directory",
	}, asked)

	left := sample()
	for p := range left {
		if strings.HasPrefix(p, "/t/sub") {
			delete(left, p)
		}
	}
	want, _, err := Hash(nixhash.SHA256, left, "/t", nil)
	require.NoError(t, err)
	assert.Equal(t, want, h)

	stop := errors.New("stop")
	_, _, err = Hash(nixhash.SHA256, sample(), "/t", func(string, Kind) (bool, error) { return false, stop })
	assert.ErrorIs(t, err, stop)
}

func TestOS(t *testing.T) {
	dir := filepath.ToSlash(t.TempDir())
	require.NoError(t, os.MkdirAll(dir+"/t/sub", 0o755))
	tree := memory{dir + "/t": "d", dir + "/t/sub": "d", dir + "/t/a": "-hello", dir + "/t/sub/b": "-"}
	if runtime.GOOS != "windows" {
		tree[dir+"/t/run"] = "xrun"
		tree[dir+"/t/link"] = "lsub/b"
		require.NoError(t, os.WriteFile(dir+"/t/run", []byte("run"), 0o755))
		require.NoError(t, os.Symlink("sub/b", dir+"/t/link"))
	}
	require.NoError(t, os.WriteFile(dir+"/t/a", []byte("hello"), 0o644))
	require.NoError(t, os.WriteFile(dir+"/t/sub/b", nil, 0o644))
	var want, got bytes.Buffer
	require.NoError(t, Write(&want, tree, dir+"/t", nil))
	require.NoError(t, Write(&got, OS{}, dir+"/t", nil))
	assert.Equal(t, want.String(), got.String())

	assert.ErrorIs(t, Write(&got, OS{}, dir+"/missing", nil), fs.ErrNotExist)
}

// short is a file system whose files are shorter than it says.
type short struct{ memory }

func (short) Open(string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("x")), nil }

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestErrors(t *testing.T) {
	deep := memory{}
	for path, i := "", 0; i < 65; i++ {
		path += "/d"
		deep[path] = "d"
	}
	last := strings.Repeat("/d", 65)
	assert.EqualError(t, Write(io.Discard, deep, "/d", nil), "path '"+last+"' exceeds maximum NAR directory depth of 64")
	delete(deep, last)
	h, _, err := Hash(nixhash.SHA256, deep, "/d", nil)
	require.NoError(t, err)
	assert.Equal(t, "e1db5553b5d37f2fbc624394e7c7d027719c4dc7bedc364569c75ba449db614c", h.Text(nixhash.Base16))

	assert.EqualError(t, Write(io.Discard, memory{"/f": "?"}, "/f", nil), "file '/f' has an unsupported type")
	assert.ErrorIs(t, Write(io.Discard, short{memory{"/f": "-xyz"}}, "/f", nil), io.ErrUnexpectedEOF)
	assert.ErrorIs(t, Write(failing{}, sample(), "/t", nil), io.ErrClosedPipe)
}

func BenchmarkHash(b *testing.B) {
	dir := b.TempDir()
	for i := range 2000 {
		sub := filepath.Join(dir, fmt.Sprintf("d%02d", i/40))
		require.NoError(b, os.MkdirAll(sub, 0o755))
		require.NoError(b, os.WriteFile(filepath.Join(sub, fmt.Sprintf("f%d.nix", i)), make([]byte, 200+i*37%4000), 0o644))
	}
	b.ReportAllocs()
	for b.Loop() {
		_, _, err := Hash(nixhash.SHA256, OS{}, filepath.ToSlash(dir), nil)
		require.NoError(b, err)
	}
}

// TestWithin shows that an archive is the same within a budget, and ends with its error wherever that comes.
func TestWithin(t *testing.T) {
	m := sample()
	for i := range 300 {
		m[fmt.Sprintf("/t/sub/f%d", i)] = "-x"
	}
	want, _, err := Hash(nixhash.SHA256, m, "/t", nil)
	require.NoError(t, err)
	var all budgettest.Budget
	got, _, err := Hash(nixhash.SHA256, Within(&all, m), "/t", nil)
	require.NoError(t, err)
	assert.Equal(t, want, got)
	for n := 1; n < all.Ticks-50; n += 7 { // the order of names, and so how long it takes to sort them, differs
		b := budgettest.Budget{MaxTicks: n}
		_, _, err := Hash(nixhash.SHA256, Within(&b, m), "/t", nil)
		assert.Equal(t, budgettest.ErrStop, err)
		assert.Equal(t, n, b.Ticks, "nothing goes on")
	}
	_, _, err = HashFlat(nixhash.SHA256, Within(&budgettest.Budget{MaxTicks: 3}, m), "/t/B/big")
	assert.Equal(t, budgettest.ErrStop, err)
}
