//go:build unix

package world

// This file tests named pipes, which would be waited for.

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPipe(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o666))
	for name, host := range map[string]Host{
		"machine": OS(),
		"fs":      FromFS(os.DirFS("/"), nil),
		"overlay": FromFS(Overlay(os.DirFS(dir), os.DirFS("/")), nil),
	} {
		_, err := host.Open(ctx, dir+"/pipe")
		assert.ErrorIs(t, err, ErrNotRegular, name)
		assert.ErrorContains(t, err, "is a named pipe", name)
	}
}
