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
	require.NoError(t, Restore(bytes.NewReader(archive.Bytes()), to))
	require.NoError(t, Write(&again, OS{}, to, nil))
	assert.Equal(t, archive.Bytes(), again.Bytes())

	assert.ErrorIs(t, Restore(bytes.NewReader(archive.Bytes()), to), os.ErrExist)
}

// An archive that is cut short leaves what came before, and is an error wherever it ends.
func TestRestoreCutShort(t *testing.T) {
	from := filepath.Join(t.TempDir(), "from")
	require.NoError(t, os.MkdirAll(from, 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(from, "f"), []byte("text"), 0o755))
	var archive bytes.Buffer
	require.NoError(t, Write(&archive, OS{}, from, nil))
	for n := range archive.Len() {
		assert.Error(t, Restore(bytes.NewReader(archive.Bytes()[:n]), filepath.Join(t.TempDir(), "to")), n)
	}
}
