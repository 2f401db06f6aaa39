package terminal

import (
	"bytes"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNoTerminal(t *testing.T) {
	none := Terminal{Width: DefaultWidth, Height: DefaultHeight}
	assert.Equal(t, none, Of(&bytes.Buffer{}, os.Getenv))
	r, w, err := os.Pipe()
	require.NoError(t, err)
	defer r.Close()
	defer w.Close()
	assert.Equal(t, none, Of(w, os.Getenv))
	assert.False(t, Is(w))
}
