//go:build !linux

package serving

// This file defines which users are trusted where it is not known who connects.

import "io"

// trusts trusts nobody.
func trusts(io.ReadWriteCloser) bool { return false }
