package nar

// This file defines the tests of git's hashes.

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store/nixhash"
)

// TestHashGit compares the id of a tree with the one that git gives it. The names are such
// that git sorts them otherwise than an archive does.
func TestHashGit(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "tree")
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "a", "deep", "er"), 0o755))
	for name, mode := range map[string]os.FileMode{"a.b": 0o644, "a-b": 0o755, "a/z": 0o644, "a/deep/er/f": 0o755, "zz": 0o600} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(strings.Repeat(name, len(name)%7*len(name))), mode))
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "empty"), nil, 0o644))
	require.NoError(t, os.Symlink("a/z", filepath.Join(dir, "link")))
	got, err := HashGit(nixhash.SHA1, OS{}, dir, nil)
	require.NoError(t, err)

	// The archive gives the same, and its bytes pass through.
	var archive, again bytes.Buffer
	require.NoError(t, Write(&archive, OS{}, dir, nil))
	g := NewGitHasher(nixhash.SHA1, nil)
	require.NoError(t, ReadAll(bytes.NewReader(archive.Bytes()), &again, g))
	assert.Equal(t, got, g.Result())
	assert.Equal(t, archive.Bytes(), again.Bytes())
	assert.ErrorContains(t, ReadAll(strings.NewReader(archive.String()+"x"), &again, NewGitHasher(nixhash.SHA1, nil)), "behind the end")

	without, err := HashGit(nixhash.SHA1, OS{}, dir, func(path string, _ Kind) (bool, error) {
		return filepath.Base(path) != "zz", nil
	})
	require.NoError(t, err)
	assert.NotEqual(t, got, without)

	blob, err := HashGit(nixhash.SHA1, OS{}, filepath.Join(dir, "empty"), nil)
	require.NoError(t, err)
	assert.Equal(t, "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391", blob.Text(nixhash.Base16))
	git, err := exec.LookPath("git")
	if err != nil {
		t.Skip("git is not there")
	}
	run := func(args ...string) string {
		cmd := exec.Command(git, args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null")
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, string(out))
		return strings.TrimSpace(string(out))
	}
	run("init", "-q")
	run("add", ".")
	assert.Equal(t, run("write-tree"), got.Text(nixhash.Base16))
}

// TestTee shows that a visitor of Tee is told what Read tells of the archive.
func TestTee(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "d", "e"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "d", "big"), bytes.Repeat([]byte("0123456789"), 40_000), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "d", "none"), nil, 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "f"), []byte("f"), 0o644))
	require.NoError(t, os.Symlink("f", filepath.Join(dir, "l")))
	for _, root := range []string{dir, filepath.Join(dir, "f"), filepath.Join(dir, "l")} {
		var plain, teed bytes.Buffer
		require.NoError(t, Write(&plain, OS{}, root, nil))
		read, told := collector{}, collector{}
		require.NoError(t, Read(bytes.NewReader(plain.Bytes()), read))
		require.NoError(t, Tee(&teed, told, OS{}, root, nil))
		assert.Equal(t, plain.Bytes(), teed.Bytes())
		assert.Equal(t, read, told)
	}
	// What a visitor does not read is archived all the same.
	var teed, plain bytes.Buffer
	require.NoError(t, Write(&plain, OS{}, dir, nil))
	require.NoError(t, Tee(&teed, skipper{}, OS{}, dir, nil))
	assert.Equal(t, plain.Bytes(), teed.Bytes())
}
