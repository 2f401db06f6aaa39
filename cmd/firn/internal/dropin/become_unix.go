//go:build unix

package dropin

// This file defines how a process becomes another program.

import (
	"errors"
	"os"
	"syscall"
)

// replace makes the process run another program. It returns only an error. What is no program of the
// system is a script for its shell, as execvp(3) has it.
func replace(path string, args, env []string) (int, error) {
	err := syscall.Exec(path, args, env)
	if errors.Is(err, syscall.ENOEXEC) {
		const shell = "/bin/sh"
		err = syscall.Exec(shell, append([]string{shell, path}, args[1:]...), env)
	}
	return 1, err
}

// signalStatus returns the exit status of a process that a signal has ended.
func signalStatus(state *os.ProcessState) int {
	const bySignal = 128
	if status, ok := state.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return bySignal + int(status.Signal())
	}
	return 1
}
