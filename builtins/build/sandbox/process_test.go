//go:build linux

package sandbox

// This file defines the test of a stage that the system does not start.

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestStartError(t *testing.T) {
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	require.NoError(t, err)
	defer null.Close()
	_, err = Start(&Spec{Path: "/none", Dir: "/", Root: &Root{Dir: "/", UID: -1, GID: -1}}, null, null)
	require.ErrorContains(t, err, "the process of the builder cannot be started: ")
	assert.NotContains(t, err.Error(), "fork/exec")
}
