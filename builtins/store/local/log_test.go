package local

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLogs(t *testing.T) {
	const path = "/nix/store/ab345678901234567890123456789012-x.drv"
	l := Logs{Dir: t.TempDir(), Store: "/nix/store"}
	read := func() (string, error) {
		r, err := l.Log(t.Context(), path)
		if err != nil {
			return "", err
		}
		text, err := io.ReadAll(r)
		return string(text), errors.Join(err, r.Close())
	}
	_, err := read()
	assert.ErrorIs(t, err, fs.ErrNotExist)

	folder := filepath.Join(l.Dir, "drvs", "ab")
	assert.Error(t, l.AddLog(t.Context(), path, iotest.ErrReader(errors.New("broken"))))
	left, err := os.ReadDir(folder)
	require.NoError(t, err)
	assert.Empty(t, left, "nothing is left of a log that could not be read")

	require.NoError(t, l.AddLog(t.Context(), path, strings.NewReader("one\n")))
	require.NoError(t, l.AddLog(t.Context(), path, strings.NewReader("two\n"))) // the first one stays
	text, err := read()
	require.NoError(t, err)
	assert.Equal(t, "one\n", text)

	require.NoError(t, os.WriteFile(filepath.Join(folder, "345678901234567890123456789012-x.drv"), []byte("plain\n"), 0o644))
	text, err = read()
	require.NoError(t, err)
	assert.Equal(t, "plain\n", text)

	_, err = l.Log(t.Context(), "/elsewhere/x")
	assert.Error(t, err)
}
