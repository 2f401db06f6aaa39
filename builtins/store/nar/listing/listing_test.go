package listing

// This file defines tests of listings: their text, the offsets, and what is refused.

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store/nar"
)

// tree makes a tree with every kind of node, several levels that end at once, and names
// of all lengths modulo 8.
func tree(t *testing.T) string {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"a": "", "ab/abc/abcd": "x", "ab/abc/abcde": "12345678", "ab/z/zz": "1234567", "b/abcdefg/abcdefgh": "123456789", "c": "end",
	} {
		file := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "ab/run"), []byte("run"), 0o755))
	require.NoError(t, os.Symlink("../c", filepath.Join(dir, "ab/link")))
	require.NoError(t, os.Mkdir(filepath.Join(dir, "empty"), 0o755))
	return dir
}

// The contents of every file are where the listing says.
func TestOffsets(t *testing.T) {
	dir := tree(t)
	var archive bytes.Buffer
	require.NoError(t, nar.Write(&archive, nar.OS{}, dir, nil))
	root, err := Read(bytes.NewReader(archive.Bytes()))
	require.NoError(t, err)
	files := 0
	var check func(e *Entry, path string)
	check = func(e *Entry, path string) {
		if e.Kind == nar.Regular {
			want, err := os.ReadFile(path)
			require.NoError(t, err)
			assert.Equal(t, string(want), string(archive.Bytes()[e.Offset:e.Offset+e.Size]), path)
			files++
		}
		for _, child := range e.Entries {
			check(child, filepath.Join(path, child.Name))
		}
	}
	check(root, dir)
	assert.Equal(t, 7, files)
}

// What is read of an archive, of files and of a .ls file is the same, and has the text
// that the reference writes.
func TestJSON(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "d")
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "s"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "s/f"), []byte("1\n"), 0o644))
	require.NoError(t, os.Symlink("s/f", filepath.Join(dir, "l")))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "x"), []byte("x\n"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "zero"), nil, 0o644))
	var archive bytes.Buffer
	require.NoError(t, nar.Write(&archive, nar.OS{}, dir, nil))

	root, err := Read(&archive)
	require.NoError(t, err)
	const withOffsets = `{"entries":{"l":{"target":"s/f","type":"symlink"},"s":{"entries":{"f":{"narOffset":560,"size":2,"type":"regular"}},"type":"directory"},"x":{"executable":true,"narOffset":816,"size":2,"type":"regular"},"zero":{"narOffset":1008,"size":0,"type":"regular"}},"type":"directory"}`
	text, err := root.AppendJSON(nil, true)
	require.NoError(t, err)
	assert.Equal(t, withOffsets, string(text))

	file, err := root.File()
	require.NoError(t, err)
	assert.Equal(t, `{"root":`+withOffsets+`,"version":1}`, string(file))
	again, err := ParseFile(file)
	require.NoError(t, err)
	assert.Equal(t, root, again)

	onDisk, err := Files(nar.OS{}, dir, true)
	require.NoError(t, err)
	text, err = onDisk.AppendJSON(nil, true)
	require.NoError(t, err)
	assert.Equal(t, strings.NewReplacer(`"narOffset":560,`, "", `"narOffset":816,`, "", `"narOffset":1008,`, "").Replace(withOffsets), string(text))
	text, err = onDisk.AppendJSON(nil, false)
	require.NoError(t, err)
	assert.Equal(t, `{"entries":{"l":{},"s":{},"x":{},"zero":{}},"type":"directory"}`, string(text))

	assert.Equal(t, "f", root.Lookup("/s/f").Name)
	assert.Same(t, root, root.Lookup("/"))
	assert.Nil(t, root.Lookup("s/none"))
	assert.Nil(t, root.Lookup("l/f"))
}

func TestParseFileRefuses(t *testing.T) {
	deep := strings.Repeat(`{"type":"directory","entries":{"a":`, 70) + `{"type":"regular"}` + strings.Repeat(`}}`, 70)
	for _, row := range []struct{ text, want string }{
		{`{"version":2,"root":{"type":"regular"}}`, "version 2"},
		{`{"version":1,"root":{"type":"fifo"}}`, "unknown type 'fifo'"},
		{`{"version":1,"root":{"type":"regular","size":-1}}`, "negative size"},
		{`{"version":1,"root":{"type":"directory","entries":{"..":{"type":"regular"}}}}`, "invalid file name '..'"},
		{`{"version":1,"root":` + deep + `}`, "deeper than 64"},
		{`{"version":1}`, "unexpected end"},
		{`[`, "unexpected end"},
	} {
		_, err := ParseFile([]byte(row.text))
		assert.ErrorContains(t, err, row.want)
	}
}

func FuzzParseFile(f *testing.F) {
	f.Add([]byte(`{"root":{"entries":{"a":{"size":1,"type":"regular"}},"type":"directory"},"version":1}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		e, err := ParseFile(text)
		if err != nil {
			return
		}
		if out, err := e.File(); err == nil {
			_, err = ParseFile(out)
			require.NoError(t, err)
		}
	})
}
