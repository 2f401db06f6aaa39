package nar

// This file tests the reader. The messages were recorded with Nix 2.34.8.

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A collector makes a memory of what it is told, below /t.
type collector memory

func (c collector) put(path, text string) error {
	if path != "" {
		path = "/" + path
	}
	c["/t"+path] = text
	return nil
}

func (c collector) Directory(path string) error       { return c.put(path, "d") }
func (c collector) Symlink(path, target string) error { return c.put(path, "l"+target) }

func (c collector) File(path string, executable bool, _ int64, contents io.Reader) error {
	kind := "-"
	if executable {
		kind = "x"
	}
	text, err := io.ReadAll(contents)
	if err != nil {
		return err
	}
	return c.put(path, kind+string(text))
}

func TestRead(t *testing.T) {
	for _, top := range []string{"/t", "/t/a", "/t/sub/run", "/t/sub/link", "/t/empty"} {
		var archive bytes.Buffer
		require.NoError(t, Write(&archive, sample(), top, nil))
		for name, r := range map[string]io.Reader{
			"at once":        bytes.NewReader(archive.Bytes()),
			"in small parts": iotest.OneByteReader(bytes.NewReader(archive.Bytes())),
		} {
			got := collector{}
			require.NoError(t, Read(r, got), name)
			var again bytes.Buffer
			require.NoError(t, Write(&again, memory(got), "/t", nil))
			assert.Equal(t, archive.Bytes(), again.Bytes(), "%s, %s", top, name)
		}
	}
}

// TestReadEarlyEnd cuts an archive at each byte.
func TestReadEarlyEnd(t *testing.T) {
	m := sample()
	m["/t/B/big"] = "-short"
	var archive bytes.Buffer
	require.NoError(t, Write(&archive, m, "/t", nil))
	for n := range archive.Len() {
		err := Read(bytes.NewReader(archive.Bytes()[:n]), collector{})
		require.ErrorIs(t, err, io.ErrUnexpectedEOF, "%d bytes", n)
	}
	lost := errors.New("lost")
	err := Read(io.MultiReader(bytes.NewReader(archive.Bytes()[:200]), iotest.ErrReader(lost)), collector{})
	assert.ErrorIs(t, err, lost)
}

// Pieces of archives, as they are written.
func str(s string) string {
	return string(binary.LittleEndian.AppendUint64(nil, uint64(len(s)))) + s + strings.Repeat("\x00", -len(s)&7)
}

func strs(list ...string) string {
	out := ""
	for _, s := range list {
		out += str(s)
	}
	return out
}

func regular(text string) string { return strs("(", "type", "regular", "contents", text, ")") }

func directory(entries ...string) string {
	out := strs("(", "type", "directory")
	for i := 0; i < len(entries); i += 2 {
		out += strs("entry", "(", "name", entries[i], "node") + entries[i+1] + str(")")
	}
	return out + str(")")
}

func TestReadHostile(t *testing.T) {
	a := regular("x")
	link := func(target string) string { return strs("(", "type", "symlink", "target", target, ")") }
	deep := regular("x")
	for range maxDepth {
		deep = directory("d", deep)
	}
	for _, test := range []struct{ name, node, want string }{
		{"dotdot", directory("..", a), "bad archive: NAR contains invalid file name '..'"},
		{"dot", directory(".", a), "bad archive: NAR contains invalid file name '.'"},
		{"slash", directory("a/b", a), "bad archive: NAR contains invalid file name 'a/b'"},
		{"empty", directory("", a), "bad archive: NAR contains invalid file name ''"},
		{"nul", directory("a\x00b", a), `bad archive: NAR contains invalid file name 'a\0b'`},
		{"twice", directory("a", a, "a", a), "bad archive: NAR directory is not sorted"},
		{"unsorted", directory("b", a, "a", a), "bad archive: NAR directory is not sorted"},
		{"through a link", directory("a", link("/etc"), "a", directory("f", a)), "bad archive: NAR directory is not sorted"},
		{"type", strs("(", "type", "fifo", ")"), "bad archive: unknown file type 'fifo'"},
		{"no type", strs("(", ")"), "bad archive: expected tag 'type', got ')'"},
		{"executable", strs("(", "type", "regular", "executable", "x", "contents", "y", ")"), "string is too long"},
		{"no contents", strs("(", "type", "regular", ")"), "bad archive: expected tag 'contents', got ')'"},
		{"padding", strings.Replace(regular("abc"), "abc\x00", "abc\x01", 1), "non-zero padding"},
		{"entry", strs("(", "type", "directory", "entry", "(", "node") + a, "bad archive: expected tag 'name', got 'node'"},
		{"empty target", link(""), "bad archive: NAR contains invalid symlink target"},
		{"huge length", "\x00\x00\x00\x00\x00\x01\x00\x00", "string is too long"},
		{"huge file", strs("(", "type", "regular", "contents") + strings.Repeat("\xff", 8), "string is too long"},
		{"depth", deep, "path '" + strings.Repeat("d/", maxDepth-1) + "d' exceeds maximum NAR directory depth of 64"},
	} {
		t.Run(test.name, func(t *testing.T) {
			assert.EqualError(t, Read(strings.NewReader(str(magic)+test.node), collector{}), test.want)
		})
	}
	const other = "bad archive: input doesn't look like a Nix archive"
	assert.EqualError(t, Read(strings.NewReader(str("nix-archive-2")+a), collector{}), other)
	assert.EqualError(t, Read(strings.NewReader(str("something else altogether")+a), collector{}), other)

	// What was promised and does not come takes no memory.
	big := strs("(", "type", "regular", "contents") + string(binary.LittleEndian.AppendUint64(nil, 1<<60))
	assert.ErrorIs(t, Read(strings.NewReader(str(magic)+big), skipper{}), io.ErrUnexpectedEOF)
}

// A skipper looks at nothing.
type skipper struct{}

func (skipper) Directory(string) error                    { return nil }
func (skipper) File(string, bool, int64, io.Reader) error { return nil }
func (skipper) Symlink(string, string) error              { return nil }

// FuzzRead shows that what is read is what would be written.
func FuzzRead(f *testing.F) {
	for _, top := range []string{"/t", "/t/sub", "/t/sub/link"} {
		m := sample()
		m["/t/B/big"] = "-"
		var archive bytes.Buffer
		require.NoError(f, Write(&archive, m, top, nil))
		f.Add(archive.Bytes())
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got := collector{}
		r := bytes.NewReader(data)
		if Read(r, got) != nil {
			return
		}
		var again bytes.Buffer
		require.NoError(t, Write(&again, memory(got), "/t", nil))
		assert.True(t, bytes.HasPrefix(data, again.Bytes()))
	})
}
