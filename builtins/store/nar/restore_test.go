package nar

// This file defines tests of Restore.

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What was archived is there again, and makes the same archive.
func TestRestore(t *testing.T) {
	from := filepath.Join(t.TempDir(), "from")
	require.NoError(t, os.MkdirAll(filepath.Join(from, "d/empty"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(from, "d/f"), []byte(strings.Repeat("text", 50_000)), 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(from, "x"), []byte("#!/bin/sh\n"), 0o755))
	require.NoError(t, os.Symlink("nowhere", filepath.Join(from, "l")))
	var archive, again bytes.Buffer
	require.NoError(t, Write(&archive, OS{}, from, nil))
	to := filepath.Join(t.TempDir(), "to")
	require.NoError(t, Restore(bytes.NewReader(archive.Bytes()), to, false))
	require.NoError(t, Write(&again, OS{}, to, nil))
	assert.Equal(t, archive.Bytes(), again.Bytes())

	assert.ErrorIs(t, Restore(bytes.NewReader(archive.Bytes()), to, false), os.ErrExist)
}

// An archive that is cut short leaves what came before, and is an error wherever it ends.
func TestRestoreCutShort(t *testing.T) {
	from := filepath.Join(t.TempDir(), "from")
	require.NoError(t, os.MkdirAll(from, 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(from, "f"), []byte("text"), 0o755))
	var archive bytes.Buffer
	require.NoError(t, Write(&archive, OS{}, from, nil))
	for n := range archive.Len() {
		assert.Error(t, Restore(bytes.NewReader(archive.Bytes()[:n]), filepath.Join(t.TempDir(), "to"), false), n)
	}
}

// Names that are equal but for case get suffixes in the order of the archive, which archiving takes away again.
func TestCaseHack(t *testing.T) {
	from := filepath.Join(t.TempDir(), "from")
	for _, name := range []string{"D/x", "d/A", "d/a", "Name", "nAME", "name"} {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(from, name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(from, name), []byte(name), 0o644))
	}
	var archive, again bytes.Buffer
	require.NoError(t, Write(&archive, OS{}, from, nil))
	to := filepath.Join(t.TempDir(), "to")
	require.NoError(t, Restore(bytes.NewReader(archive.Bytes()), to, true))
	for name, text := range map[string]string{
		"D/x": "D/x", "d~nix~case~hack~1/A": "d/A", "d~nix~case~hack~1/a~nix~case~hack~1": "d/a",
		"Name": "Name", "nAME~nix~case~hack~1": "nAME", "name~nix~case~hack~2": "name",
	} {
		data, err := os.ReadFile(filepath.Join(to, name))
		require.NoError(t, err)
		assert.Equal(t, text, string(data))
	}
	require.NoError(t, Write(&again, UndoCaseHack(OS{}), to, nil))
	assert.Equal(t, archive.Bytes(), again.Bytes())

	require.NoError(t, os.WriteFile(filepath.Join(to, "Name~nix~case~hack~7"), nil, 0o644))
	assert.ErrorContains(t, Write(&again, UndoCaseHack(OS{}), to, nil), "file name collision between")
}

// A name that looks like another one with its suffix is refused.
func TestCaseHackCollision(t *testing.T) {
	from := filepath.Join(t.TempDir(), "from")
	for _, name := range []string{"Test", "Test~nix~case~hack~1", "test"} {
		require.NoError(t, os.MkdirAll(filepath.Join(from, name), 0o755))
	}
	var archive bytes.Buffer
	require.NoError(t, Write(&archive, OS{}, from, nil))
	err := Restore(&archive, filepath.Join(t.TempDir(), "to"), true)
	assert.EqualError(t, err, "NAR contains file name 'test' that collides with case-hacked file name 'Test~nix~case~hack~1'")
}
