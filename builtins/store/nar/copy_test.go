package nar

// This file defines the tests of Copy and WriteFile.

import (
	"bufio"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestCopy shows that a copy has the same bytes, and that what is behind an
// archive stays where it is.
func TestCopy(t *testing.T) {
	for _, path := range []string{"/t", "/t/a", "/t/sub/run", "/t/sub/link", "/t/empty", "/t/B/big"} {
		var want, got bytes.Buffer
		require.NoError(t, Write(&want, sample(), path, nil))
		r := bufio.NewReader(io.MultiReader(bytes.NewReader(want.Bytes()), strings.NewReader("rest")))
		require.NoError(t, Copy(&got, r))
		assert.True(t, bytes.Equal(want.Bytes(), got.Bytes()), path)
		rest, err := io.ReadAll(r)
		require.NoError(t, err)
		assert.Equal(t, "rest", string(rest))

		assert.ErrorIs(t, Copy(failing{}, bufio.NewReader(&want)), io.ErrClosedPipe)
	}
	assert.Error(t, Copy(io.Discard, bufio.NewReader(strings.NewReader("nonsense"))))
}

// TestWriteFile shows that the archive of a reader is that of a file.
func TestWriteFile(t *testing.T) {
	for path, executable := range map[string]bool{"/t/a": false, "/t/sub/run": true, "/t/a-b": false} {
		var want, got bytes.Buffer
		require.NoError(t, Write(&want, sample(), path, nil))
		text := sample()[path][1:]
		require.NoError(t, WriteFile(&got, executable, int64(len(text)), strings.NewReader(text+"more")))
		assert.Equal(t, want.String(), got.String())
	}
	assert.ErrorIs(t, WriteFile(io.Discard, false, 4, strings.NewReader("abc")), io.ErrUnexpectedEOF)
}
