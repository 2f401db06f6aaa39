//go:build linux || darwin || freebsd

package local

// This file defines the tests of deleting trees that path names do not reach.

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// makeDeep makes folders below dir, one in the other and each beside a file of 10 bytes,
// deeper than a path can name.
func makeDeep(t *testing.T, dir string, depth int) {
	t.Helper()
	at, err := unix.Open(dir, unix.O_RDONLY|unix.O_DIRECTORY, 0)
	require.NoError(t, err)
	for range depth {
		file, err := unix.Openat(at, "file", unix.O_WRONLY|unix.O_CREAT, 0o644)
		require.NoError(t, err)
		_, err = unix.Write(file, []byte("0123456789"))
		require.NoError(t, err)
		require.NoError(t, unix.Close(file))
		require.NoError(t, unix.Mkdirat(at, "folder", 0o755))
		next, err := openFolder(at, "folder")
		require.NoError(t, err)
		require.NoError(t, unix.Fchmod(next, 0o755))
		require.NoError(t, unix.Close(at))
		at = next
	}
	require.NoError(t, unix.Close(at))
}

// TestDeleteDeep deletes a tree that is deeper than paths are long, with less descriptors
// than it has levels.
func TestDeleteDeep(t *testing.T) {
	root := filepath.Join(t.TempDir(), "tree")
	require.NoError(t, os.Mkdir(root, 0o755))
	const depth = 1500
	makeDeep(t, root, depth)
	var limit syscall.Rlimit
	require.NoError(t, syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit))
	few := limit
	few.Cur = min(limit.Cur, 500)
	require.NoError(t, syscall.Setrlimit(syscall.RLIMIT_NOFILE, &few))
	freed, err := deleteTree(root)
	require.NoError(t, syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit))
	require.NoError(t, err)
	assert.Equal(t, int64(10*depth), freed)
	assert.NoDirExists(t, root)
}

// TestDeleteSealed deletes folders that their owner may not read or write, and does not
// touch what links lead to.
func TestDeleteSealed(t *testing.T) {
	dir := t.TempDir()
	outside := filepath.Join(dir, "outside")
	require.NoError(t, os.Mkdir(outside, 0o500))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "kept"), nil, 0o400))
	root := filepath.Join(dir, "tree")
	require.NoError(t, os.MkdirAll(filepath.Join(root, "a/b"), 0o755))
	require.NoError(t, os.Symlink(outside, filepath.Join(root, "a/b/link")))
	require.NoError(t, os.Link(filepath.Join(dir, "kept"), filepath.Join(root, "a/hard")))
	require.NoError(t, os.Chmod(filepath.Join(root, "a/b"), 0))
	require.NoError(t, os.Chmod(filepath.Join(root, "a"), 0o500))
	require.NoError(t, os.Chmod(root, 0o300))
	require.NoError(t, DeleteTree(root))
	assert.NoDirExists(t, root)
	info, err := os.Stat(outside)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o500), info.Mode().Perm())
	assert.FileExists(t, filepath.Join(dir, "kept"))
	require.NoError(t, DeleteTree(root), "nothing is there")
	require.NoError(t, os.Symlink(outside, root))
	require.NoError(t, DeleteTree(root))
	assert.DirExists(t, outside)
}

// TestReopenMoved checks that a deletion does not go on in another folder, if that which
// it is in was moved there.
func TestReopenMoved(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "from/below"), 0o755))
	require.NoError(t, os.Mkdir(filepath.Join(dir, "to"), 0o755))
	from, err := os.Stat(filepath.Join(dir, "from"))
	require.NoError(t, err)
	below, err := os.Open(filepath.Join(dir, "from/below"))
	require.NoError(t, err)
	defer below.Close()
	st := statOf(from)
	l := &level{name: "from", device: st.device, ino: st.inode}
	require.NoError(t, l.reopen(int(below.Fd())))
	l.close()
	require.NoError(t, os.Rename(filepath.Join(dir, "from/below"), filepath.Join(dir, "to/below")))
	assert.ErrorIs(t, l.reopen(int(below.Fd())), errMoved)
}

// TestCanonicaliseDeep checks what is said of a tree that is deeper than paths are long.
func TestCanonicaliseDeep(t *testing.T) {
	root := filepath.Join(t.TempDir(), "tree")
	require.NoError(t, os.Mkdir(root, 0o755))
	makeDeep(t, root, 1500)
	err := Canonicalise(root)
	require.ErrorIs(t, err, syscall.ENAMETOOLONG)
	assert.Equal(t, `folders in "`+root+`" are nested too deeply: the paths of files in them are longer than the system allows`, err.Error())
	assert.NotContains(t, err.Error(), strings.Repeat("/folder", 2))
	require.NoError(t, DeleteTree(root))
}
