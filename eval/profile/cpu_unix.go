//go:build unix

package profile

// This file defines the processor time where there is getrusage.

import (
	"syscall"
	"time"
)

// CPUTime returns the processor time that the process took so far, of its own and of
// the system for it.
func CPUTime() time.Duration {
	user, system := times()
	return user + system
}

// UserTime is CPUTime without that of the system.
func UserTime() time.Duration {
	user, _ := times()
	return user
}

func times() (user, system time.Duration) {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0, 0
	}
	return time.Duration(u.Utime.Nano()), time.Duration(u.Stime.Nano())
}
