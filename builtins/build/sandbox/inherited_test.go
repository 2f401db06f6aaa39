//go:build linux

package sandbox

// This file defines the test of how descriptors are kept from builders.

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

func TestSealInherited(t *testing.T) {
	for name, seal := range map[string]func() error{
		"all at once": sealInherited,
		"as listed":   func() error { return sealListed("/proc/self/fd") },
	} {
		t.Run(name, func(t *testing.T) {
			null, err := os.Open(os.DevNull)
			require.NoError(t, err)
			defer null.Close()
			fd, err := unix.FcntlInt(null.Fd(), unix.F_DUPFD, 100)
			require.NoError(t, err)
			defer unix.Close(fd)
			flags := func(fd int) int {
				f, err := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0)
				require.NoError(t, err)
				return f
			}
			require.Zero(t, flags(fd))
			require.NoError(t, seal())
			assert.Equal(t, unix.FD_CLOEXEC, flags(fd))
			assert.Zero(t, flags(2))
		})
	}
}
