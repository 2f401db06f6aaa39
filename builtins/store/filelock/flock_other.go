//go:build !(linux || darwin || freebsd)

package filelock

// This file defines what systems without flock have: nothing.

import (
	"errors"
	"os"
)

// Try fails: there are no such locks.
func Try(*os.File, Kind) (bool, error) { return false, errors.ErrUnsupported }

// Unlock fails: there are no such locks.
func Unlock(*os.File) error { return errors.ErrUnsupported }
