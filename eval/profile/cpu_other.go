//go:build !unix

package profile

// This file defines the processor time on systems that do not tell it: the time since
// the program started.

import "time"

var started = time.Now()

// CPUTime returns the processor time that the process took so far, of its own and of
// the system for it.
func CPUTime() time.Duration { return time.Since(started) }

// UserTime is CPUTime without that of the system.
func UserTime() time.Duration { return CPUTime() }
